package dev.skep.verifier.explain;

import dev.skep.verifier.Place;
import dev.skep.verifier.Step;
import java.util.Optional;
import java.util.Set;

/** Finds what a path does to learn how long the packet is. */
final class PacketChecks {
    private static final Set<String> ABOVE = Set.of(">", ">=");
    private static final Set<String> BELOW = Set.of("<", "<=");

    private final Trace trace;

    PacketChecks(Trace trace) {
        this.trace = trace;
    }

    /** The last comparison of {@code pointer}, or of one to the same part of the packet, with the packet's end. */
    Optional<Place> last(KnownValue pointer) {
        return lastIndex(pointer).map(trace::place);
    }

    private Optional<Integer> lastIndex(KnownValue pointer) {
        for (int index = trace.size() - 2; index >= 0; index--) {
            if (compares(index, pointer)) {
                return Optional.of(index);
            }
        }
        return Optional.empty();
    }

    /** The same, if it tells nothing on the way that it goes. */
    Optional<Place> useless(KnownValue pointer) {
        return pointer.isPacket() && pointer.range() == 0
                ? lastIndex(pointer).filter(this::tellsNothing).map(trace::place)
                : Optional.empty();
    }

    private boolean tellsNothing(int comparison) {
        return trace.operation(comparison)
                        instanceof
                        Operation.Branch(int left, String _, Operation.Operand.Register(int right), boolean _, int _)
                && trace.register(comparison + 1, left).range() <= 0
                && trace.register(comparison + 1, right).range() <= 0;
    }

    /**
     * The last comparison that says that {@code pointer} is before the packet's end, and from which the verifier learnt nothing all
     * the same.
     */
    Optional<Place> vain(KnownValue pointer) {
        if (!pointer.isPacket() || pointer.range() > 0 || pointer.id() == 0) {
            return Optional.empty();
        }
        for (int index = trace.size() - 2; index >= 0; index--) {
            if (compares(index, pointer) && leadsInside(index)) {
                return Optional.of(trace.place(index));
            }
        }
        return Optional.empty();
    }

    private boolean compares(int index, KnownValue pointer) {
        if (trace.operation(index) instanceof Operation.Branch branch
                && branch.right() instanceof Operation.Operand.Register(int right)) {
            KnownValue one = around(index, branch.left());
            KnownValue other = around(index, right);
            boolean withEnd = (one.isPacket() && isEnd(other)) || (other.isPacket() && isEnd(one));
            return withEnd && (one.isPacket() ? one : other).id() == pointer.id();
        }
        return false;
    }

    private static boolean isEnd(KnownValue value) {
        return value.kind().equals("pkt_end");
    }

    /** The way the comparison goes is the one on which the pointer is not behind the end. */
    private boolean leadsInside(int index) {
        if (!(trace.operation(index) instanceof Operation.Branch branch)) {
            return false;
        }
        boolean endFirst = isEnd(around(index, branch.left()));
        boolean taken = trace.step(index).branch() == Step.Branch.TAKEN;
        return (endFirst ? ABOVE : BELOW).contains(branch.operator()) ? taken : !taken;
    }

    /** Before a step, or else after it: old logs show values only after branches. */
    private KnownValue around(int index, int register) {
        KnownValue before = trace.register(index, register);
        return before.isKnown() ? before : trace.register(index + 1, register);
    }

    /**
     * The last place where the distance between the packet's end and a pointer is computed: comparing that distance tells the
     * verifier nothing about the pointer.
     */
    Optional<Place> distance() {
        for (int index = trace.size() - 2; index >= 0; index--) {
            if (trace.operation(index)
                            instanceof
                            Operation.Arithmetic(int target, String operator, Operation.Operand operand, boolean _)
                    && operator.equals("-")
                    && operand instanceof Operation.Operand.Register(int subtracted)
                    && isDistance(trace.register(index, target), index, subtracted)) {
                return Optional.of(trace.place(index));
            }
        }
        return Optional.empty();
    }

    private boolean isDistance(KnownValue from, int index, int subtracted) {
        boolean packet = unchanged(index, subtracted).isPacket();
        return packet && (isEnd(from) || !from.isKnown());
    }

    /** What is known of a register before a step, or at the path's end if nothing was written to it since. */
    private KnownValue unchanged(int index, int register) {
        KnownValue before = trace.register(index, register);
        if (before.isKnown()) {
            return before;
        }
        for (int later = index; later < trace.size(); later++) {
            if (trace.operation(later).written().orElse(-1) == register) {
                return KnownValue.NOTHING;
            }
        }
        return trace.register(trace.size() - 1, register);
    }
}
