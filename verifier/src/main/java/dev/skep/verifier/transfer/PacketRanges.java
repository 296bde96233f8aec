package dev.skep.verifier.transfer;

import dev.skep.object.instruction.Instruction;
import dev.skep.verifier.scalar.Comparison;
import dev.skep.verifier.scalar.Decision;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Value;

/** Comparisons of a packet pointer with the packet's end: how many bytes they show to be there ({@code try_match_pkt_pointers}). */
final class PacketRanges {
    /** In {@code Pointer.available}: the pointer is the packet's end, or beyond. */
    private static final int AT_END = -1;

    /** In {@code Pointer.available}: the pointer is beyond the packet's end. */
    private static final int BEYOND_END = -2;

    /** The furthest offset that may be compared ({@code MAX_PACKET_OFF}). */
    private static final int MOST = 0xffff;

    private PacketRanges() {}

    /** Whether what an earlier comparison showed decides this one. */
    static Decision decide(Comparison comparison, Pointer left, Pointer right) {
        if (left.region() == Region.Packet.END && right.isPacket()) {
            return decideEnd(comparison.swapped(), right);
        }
        return right.region() == Region.Packet.END && left.isPacket() ? decideEnd(comparison, left) : Decision.UNKNOWN;
    }

    private static Decision decideEnd(Comparison comparison, Pointer packet) {
        if (packet.available() >= 0) {
            return Decision.UNKNOWN;
        }
        boolean beyond = packet.available() == BEYOND_END;
        return switch (comparison) {
            case LESS_OR_EQUAL -> beyond ? Decision.NEVER : Decision.UNKNOWN;
            case GREATER -> beyond ? Decision.ALWAYS : Decision.UNKNOWN;
            case LESS -> Decision.NEVER;
            case GREATER_OR_EQUAL -> Decision.ALWAYS;
            default -> Decision.UNKNOWN;
        };
    }

    /**
     * Notes what the comparison shows.
     *
     * @param falls where the comparison is false @param taken where it is true
     * @return false if these are not a packet pointer and the end of what it points into
     */
    static boolean learn(
            ProgramState falls,
            ProgramState taken,
            Comparison comparison,
            Pointer left,
            Pointer right,
            Instruction instruction) {
        if (isEndOf(right, left)) {
            learn(falls, taken, comparison, left, instruction.dstReg());
        } else if (isEndOf(left, right)) {
            learn(falls, taken, comparison.swapped(), right, instruction.srcReg());
        } else {
            return false;
        }
        return switch (comparison) {
            case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL -> true;
            default -> false;
        };
    }

    /** The packet ends at its end; the metadata where the packet begins. */
    private static boolean isEndOf(Pointer end, Pointer packet) {
        if (packet.region() == Region.Packet.DATA) {
            return end.region() == Region.Packet.END;
        }
        return packet.region() == Region.Packet.META
                && end.region() == Region.Packet.DATA
                && end.offset() == 0
                && end.variable().isConstant()
                && end.variable().constant() == 0;
    }

    private static void learn(
            ProgramState falls, ProgramState taken, Comparison comparison, Pointer packet, int register) {
        switch (comparison) {
            case GREATER -> {
                reach(falls, packet, packet.offset());
                pass(taken, register, BEYOND_END);
            }
            case GREATER_OR_EQUAL -> {
                reach(falls, packet, openOffset(packet));
                pass(taken, register, AT_END);
            }
            case LESS -> {
                reach(taken, packet, openOffset(packet));
                pass(falls, register, AT_END);
            }
            case LESS_OR_EQUAL -> {
                reach(taken, packet, packet.offset());
                pass(falls, register, BEYOND_END);
            }
            default -> {}
        }
    }

    /** A pointer strictly before the end leaves room for one more byte; one at the start would tell nothing. */
    private static int openOffset(Pointer packet) {
        return packet.offset() == 0 ? -1 : packet.offset() + 1;
    }

    /** All pointers that differ from {@code packet} by constants only are known to have {@code bytes} bytes behind their common start. */
    private static void reach(ProgramState state, Pointer packet, int bytes) {
        long most = packet.variable().umax();
        if (packet.offset() < 0 || bytes < 0 || Long.compareUnsigned(most, MOST) > 0 || most + packet.offset() > MOST) {
            return;
        }
        state.replaceValues(value -> reaching(value, packet, bytes));
    }

    private static Value reaching(Value value, Pointer packet, int bytes) {
        boolean kin = value instanceof Pointer pointer
                && pointer.region().equals(packet.region())
                && pointer.id() == packet.id()
                && pointer.available() < bytes;
        return kin ? ((Pointer) value).withAvailable(bytes) : value;
    }

    private static void pass(ProgramState state, int register, int mark) {
        if (state.register(register) instanceof Pointer pointer && pointer.region() == Region.Packet.DATA) {
            state.set(register, pointer.withAvailable(mark));
        }
    }
}
