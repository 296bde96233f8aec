package dev.skep.trace.print;

import dev.skep.trace.plan.PlannedTypes;
import dev.skep.trace.plan.Settings;
import dev.skep.trace.system.FakeSystem;
import dev.skep.trace.system.Machine;
import dev.skep.trace.type.AddressSpace;
import dev.skep.trace.type.TraceType;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Surroundings in which everything is known: two symbols, a stack, a structure. */
final class MadeUp implements Surroundings, Symbols {
    static final PlannedTypes TYPES = new PlannedTypes(
            Map.of(
                    "struct Foo",
                    List.of(
                            new PlannedTypes.Member("m", new TraceType.Number(4, true), 0, 0, 0),
                            new PlannedTypes.Member("low", new TraceType.Number(4, false), 4, 0, 3),
                            new PlannedTypes.Member("high", new TraceType.Number(4, true), 4, 3, 2))),
            Map.of("enum Color", Map.of(1L, "RED", 2L, "BLUE")));

    static final TraceType INT64 = new TraceType.Number(8, true);
    static final TraceType INT32 = new TraceType.Number(4, true);

    static Decoder decoder() {
        return new Decoder(TYPES, Settings.DEFAULTS, new MadeUp());
    }

    static MemorySegment memory(byte... bytes) {
        return MemorySegment.ofArray(bytes);
    }

    static MemorySegment longs(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            bytes.putLong(value);
        }
        return MemorySegment.ofArray(bytes.array());
    }

    static String text(Value value) {
        TextBuffer text = new TextBuffer();
        ValueText.append(value, text);
        return text.toString();
    }

    static String json(Value value) {
        TextBuffer text = new TextBuffer();
        ValueJson.append(value, text);
        return text.toString();
    }

    static TraceType.Stack stack(TraceType.StackMode mode) {
        return new TraceType.Stack(AddressSpace.KERNEL, mode, 127, "stacks");
    }

    @Override
    public Symbols symbols() {
        return this;
    }

    @Override
    public Machine machine() {
        return new FakeSystem().withUser(0, "root").withCgroup(7, "unified:/user.slice");
    }

    @Override
    public long[] frames(String map, int slot) {
        return slot == 3 ? new long[] {0x1010, 0x2020, 0x9999, 0} : new long[0];
    }

    @Override
    public long wallClock(TraceType.Clock clock, long nanoseconds) {
        return nanoseconds;
    }

    @Override
    public Optional<Symbol> kernel(long address) {
        return switch ((int) (address >> 12)) {
            case 1 -> Optional.of(new Symbol("vfs_read", address & 0xfff, ""));
            case 2 -> Optional.of(new Symbol("ip_rcv", address & 0xfff, "net"));
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<Symbol> user(int pid, long address) {
        return kernel(address);
    }
}
