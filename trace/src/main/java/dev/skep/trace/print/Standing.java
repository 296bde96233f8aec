package dev.skep.trace.print;

import dev.skep.object.host.Errno;
import dev.skep.trace.type.AddressSpace;
import dev.skep.trace.type.TraceType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Values that stand for something else: symbols for addresses, names for numbers, times for counts of nanoseconds. */
final class Standing {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int BPF_STACK_BUILD_ID_VALID = 1;
    private static final int BPF_STACK_BUILD_ID_IP = 2; // the file has none, or is not to be read now

    private final Surroundings surroundings;

    Standing(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    Value stack(TraceType.Stack type, MemorySegment memory, long at) {
        int slot = memory.get(Decoder.I32, at);
        int pid = memory.get(Decoder.I32, at + Integer.BYTES);
        if (type.mode() == TraceType.StackMode.BUILD_ID) {
            return new Value.CallStack(
                    slot < 0 ? List.of() : byFile(surroundings.frames(type.map(), slot), type.limit()), type.mode());
        }
        List<String> lines = new ArrayList<>();
        for (long address : slot < 0 ? new long[0] : surroundings.frames(type.map(), slot)) {
            if (address == 0 || lines.size() == type.limit()) {
                break;
            }
            lines.add(frame(type, pid, address));
        }
        return new Value.CallStack(lines, type.mode());
    }

    /** Frames as {@code struct bpf_stack_build_id} has them: 32 bits of what it is, 20 bytes of an ID, 64 bits of a place. */
    private static List<String> byFile(long[] words, int limit) {
        List<String> lines = new ArrayList<>();
        for (int at = 0; at + 3 < words.length && lines.size() < limit; at += 4) {
            String place = Long.toHexString(words[at + 3]);
            switch ((int) words[at]) {
                case BPF_STACK_BUILD_ID_VALID ->
                    lines.add("%08x%016x%016x 0x%s"
                            .formatted(
                                    Integer.reverseBytes((int) (words[at] >>> Integer.SIZE)),
                                    Long.reverseBytes(words[at + 1]),
                                    Long.reverseBytes(words[at + 2]),
                                    place));
                case BPF_STACK_BUILD_ID_IP -> lines.add(place);
                default -> {
                    return lines;
                }
            }
        }
        return lines;
    }

    private String frame(TraceType.Stack type, int pid, long address) {
        String hex = Long.toHexString(address);
        if (type.mode() == TraceType.StackMode.RAW) {
            return hex;
        }
        Optional<Symbols.Symbol> symbol = find(type.space(), pid, address);
        if (type.mode() == TraceType.StackMode.BPFTRACE) {
            return symbol.map(found -> found.name() + "+" + found.offset()).orElse("0x" + hex);
        }
        return hex + " "
                + symbol.map(found -> found.name() + "+" + found.offset()
                                + (found.module().isEmpty() ? "" : " (" + found.module() + ")"))
                        .orElse("0x" + hex + " ([unknown])");
    }

    private Optional<Symbols.Symbol> find(AddressSpace space, int pid, long address) {
        return Decoder.isKernel(space)
                ? surroundings.symbols().kernel(address)
                : surroundings.symbols().user(pid, address);
    }

    Value symbol(TraceType.Symbol type, MemorySegment memory, long at) {
        long address = memory.get(Decoder.I64, at);
        int pid = type.space() == AddressSpace.KERNEL ? 0 : memory.get(Decoder.I32, at + Long.BYTES);
        String hex = address == 0 ? "0" : "0x" + Long.toHexString(address);
        return new Value.Text(
                find(type.space(), pid, address).map(Symbols.Symbol::name).orElse(hex));
    }

    Value internetAddress(MemorySegment memory, long at) {
        int family = memory.get(Decoder.I32, at);
        int size = family == AF_INET ? 4 : family == AF_INET6 ? 16 : 0;
        if (size == 0) {
            return new Value.Text("");
        }
        byte[] bytes = memory.asSlice(at + Integer.BYTES, size).toArray(ValueLayout.JAVA_BYTE);
        return new Value.Text(size == 4 ? dotted(bytes) : InternetText.ofVersion6(bytes));
    }

    private static String dotted(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(bytes.length + " bytes are no address", e);
        }
    }

    Value hardwareAddress(MemorySegment memory, long at) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            int each = memory.get(ValueLayout.JAVA_BYTE, at + i) & 0xff;
            text.append(i == 0 ? "" : ":")
                    .append(Character.toUpperCase(Character.forDigit(each >> 4, 16)))
                    .append(Character.toUpperCase(Character.forDigit(each & 0xf, 16)));
        }
        return new Value.Text(text.toString());
    }

    Value time(TraceType.Timestamp type, long nanoseconds) {
        return new Value.Text(TimeFormat.of(type.format()).format(surroundings.wallClock(type.clock(), nanoseconds)));
    }

    Value groupPath(TraceType.GroupPath type, long id) {
        return new Value.Text(String.join(";", surroundings.machine().cgroupPaths(id, type.filter())));
    }

    Value userName(long id) {
        return new Value.Text(surroundings.machine().userName(id & 0xffff_ffffL).orElse(Long.toString(id)));
    }

    Value numberName(TraceType.NumberName type, int number) {
        return new Value.Text(
                switch (type.names()) {
                    case ERRNO -> number == 0 || Errno.of(number).isPresent() ? errno(number) : "Unknown error";
                    case SIGNAL -> SignalText.of(number);
                    case SYSTEM_CALL ->
                        surroundings.machine().systemCall(number).orElse("Unknown syscall");
                });
    }

    /** As strerror(3) has it. */
    static String errno(int number) {
        return Errno.of(number)
                .map(Errno::meaning)
                .map(text -> Character.toUpperCase(text.charAt(0)) + text.substring(1))
                .orElse(number == 0 ? "Success" : "Unknown error " + number);
    }
}
