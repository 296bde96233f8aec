package dev.skep.engine.counterexample;

import dev.skep.engine.context.SocketBufferContext;
import dev.skep.object.Bytes;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.ProgramType;
import dev.skep.verifier.kernel.ContextAccess;
import dev.skep.verifier.kernel.ContextLayout;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.kernel.ProgramKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The context structure of a program type: which of its fields may hold any number, and what the structure looks like if nobody
 * sets them.
 *
 * @param blank the structure with defaults
 * @param free fields that may be set; empty if any may
 * @param packet whether programs of the type look at a packet
 * @param packetEnd where the structure that a test run takes has the packet's length; -1 if it has not
 * @param pointers which fields are pointers, if the engine has nothing for them to point to
 */
record ContextFields(Bytes blank, List<Field> free, boolean packet, int packetEnd, Predicate<Field> pointers) {
    private static final int NONE = -1;
    /** Enough for a tracepoint's record, whose layout is not known here. */
    private static final int UNKNOWN_SIZE = 2048;

    // struct xdp_md of linux/bpf.h
    private static final int XDP_DATA_END = 4;
    private static final Field XDP_INGRESS_IFINDEX = new Field(12, 4);
    private static final Field XDP_RX_QUEUE_INDEX = new Field(16, 4);
    private static final int XDP_SIZE = 24;

    // struct __sk_buff of linux/bpf.h
    private static final Field SKB_MARK = new Field(8, 4);
    private static final Field SKB_PRIORITY = new Field(32, 4);
    private static final Field SKB_INGRESS_IFINDEX = new Field(36, 4);
    private static final Field SKB_IFINDEX = new Field(40, 4);
    private static final Field SKB_CB = new Field(48, 20);
    private static final Field SKB_TSTAMP = new Field(152, 8);
    private static final int SKB_SIZE = 192; // its first field is the packet's length

    /** Some bytes of the structure. */
    record Field(int offset, int size) {
        boolean contains(int at, int length) {
            return at >= offset && at + length <= offset + size;
        }
    }

    static ContextFields of(ProgramSpec program, KernelModel kernel) {
        ProgramType type = program.type();
        if (type == ProgramType.XDP) {
            return new ContextFields(
                    withOne(XDP_SIZE, XDP_INGRESS_IFINDEX),
                    List.of(XDP_INGRESS_IFINDEX, XDP_RX_QUEUE_INDEX),
                    true,
                    XDP_DATA_END,
                    field -> false);
        }
        if (SocketBufferContext.isGivenTo(type)) {
            return new ContextFields(
                    withOne(SKB_SIZE, SKB_INGRESS_IFINDEX, SKB_IFINDEX),
                    List.of(SKB_MARK, SKB_PRIORITY, SKB_INGRESS_IFINDEX, SKB_IFINDEX, SKB_CB, SKB_TSTAMP),
                    true,
                    NONE,
                    field -> false);
        }
        Optional<ContextLayout> layout = kernel.context(type);
        int size = layout.map(ContextLayout::size).orElse(UNKNOWN_SIZE);
        AttachType attachType = ProgramKind.of(program).attachTypeOrDefault();
        return new ContextFields(
                Bytes.zeros(Math.min(size, UNKNOWN_SIZE)),
                List.of(),
                false,
                NONE,
                field -> layout.filter(known -> isPointer(known, field, attachType))
                        .isPresent());
    }

    private static boolean isPointer(ContextLayout layout, Field field, AttachType attachType) {
        return switch (layout.access(field.offset(), field.size(), false, attachType)) {
            case ContextAccess.Number ignored -> false;
            case ContextAccess.Denied ignored -> false;
            case ContextAccess.TooNew ignored -> false;
            default -> true;
        };
    }

    /** Interfaces count from 1. */
    private static Bytes withOne(int size, Field... fields) {
        byte[] structure = new byte[size];
        for (Field field : fields) {
            structure[field.offset()] = 1;
        }
        return Bytes.of(structure);
    }

    /** Whether these bytes may hold any number. */
    boolean isFree(int offset, int size) {
        return offset >= 0
                && offset + size <= blank.length()
                && (free.isEmpty() || free.stream().anyMatch(field -> field.contains(offset, size)));
    }

    /** Whether these bytes say how long the packet is. */
    boolean isLength(int offset, int size) {
        return packet && packetEnd == NONE && offset == 0 && size == Integer.BYTES;
    }

    /** What {@code BPF_PROG_TEST_RUN} is to be given for this structure. */
    Bytes given(RunInput input) {
        if (packet && input.context().equals(blank)) {
            return Bytes.EMPTY;
        }
        if (packetEnd == NONE) {
            return input.context();
        }
        byte[] structure = input.context().toArray();
        int length = input.packet().length();
        for (int i = 0; i < Integer.BYTES; i++) {
            structure[packetEnd + i] = (byte) (length >>> (8 * i));
        }
        return Bytes.of(structure);
    }
}
