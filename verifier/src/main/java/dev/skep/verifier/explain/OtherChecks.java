package dev.skep.verifier.explain;

import dev.skep.verifier.HistoryEntry.Event;
import dev.skep.verifier.explain.Operation.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds comparisons on a path that look as if they bounded a value, but bound another: a copy the verifier cannot connect
 * with it, the same memory read another time, or some other variable.
 */
final class OtherChecks {
    /** So many branches before the failure are looked at. */
    private static final int BRANCHES = 200;

    private final Trace trace;
    private final Chain chain;
    private final Set<Integer> own;

    OtherChecks(Trace trace, Chain chain) {
        this.trace = trace;
        this.chain = chain;
        this.own = chain.links().stream().map(Chain.Link::index).collect(Collectors.toSet());
    }

    /** Comparisons of another copy of the value or of the memory it came from, the last first. */
    List<Chain.Link> ofTheSame() {
        Optional<Chain.Link> origin = chain.origin().filter(link -> link.event() == Event.SET);
        if (origin.isEmpty()) {
            return List.of();
        }
        List<Chain.Link> found = new ArrayList<>();
        int looked = 0;
        for (int index = trace.size() - 2; index >= 0 && looked < BRANCHES; index--) {
            if (trace.operation(index) instanceof Operation.Branch branch && !own.contains(index)) {
                looked++;
                int at = index;
                relation(at, branch.left(), origin.get()).ifPresent(text -> found.add(link(at, branch.left(), text)));
            }
        }
        return found;
    }

    /** The last comparison that bounds some other number, above. */
    Optional<Chain.Link> ofAnother() {
        for (int index = trace.size() - 2; index >= 0; index--) {
            if (trace.operation(index) instanceof Operation.Branch branch
                    && !own.contains(index)
                    && branch.right() instanceof Operand.Constant(long limit)
                    && limit > 0) {
                KnownValue before = trace.register(index, branch.left());
                KnownValue after = trace.register(index + 1, branch.left());
                boolean bounds =
                        before.isScalar() && after.isScalar() && Long.compareUnsigned(after.umax(), before.umax()) < 0;
                if (bounds) {
                    return Optional.of(link(index, branch.left(), "bounds another value: " + after.range64()));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> relation(int index, int register, Chain.Link origin) {
        if (!trace.register(index, register).isScalar()) {
            return Optional.empty();
        }
        Chain other = HistoryWalk.of(trace, new Home.Register(trace.frame(index), register), index);
        Optional<Chain.Link> otherOrigin = other.origin().filter(link -> link.event() == Event.SET);
        if (otherOrigin.isEmpty()) {
            return Optional.empty();
        }
        if (otherOrigin.get().index() == origin.index() && origin.place().instruction() >= 0) {
            return Optional.of("checks a copy: the verifier does not know that the value used is the same");
        }
        return sameMemory(otherOrigin.get().index(), origin.index())
                ? Optional.of(
                        "checks what was read from the same place before; it is read again for the use, and may have changed")
                : Optional.empty();
    }

    private boolean sameMemory(int one, int other) {
        if (trace.operation(one) instanceof Operation.Load a && trace.operation(other) instanceof Operation.Load b) {
            KnownValue first = trace.register(one, a.base());
            KnownValue second = trace.register(other, b.base());
            return one != other
                    && a.size() == b.size()
                    && a.offset() == b.offset()
                    && first.isPointer()
                    && Objects.equals(first.kind(), second.kind())
                    && Objects.equals(first.map(), second.map())
                    && first.fixedOffset() == second.fixedOffset();
        }
        return false;
    }

    private Chain.Link link(int index, int register, String text) {
        Home home = new Home.Register(trace.frame(index), register);
        return new Chain.Link(
                index, Event.CHECKED_ANOTHER, trace.place(index), home, trace.value(index + 1, home), text);
    }
}
