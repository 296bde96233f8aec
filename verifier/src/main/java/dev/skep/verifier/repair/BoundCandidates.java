package dev.skep.verifier.repair;

import dev.skep.verifier.Fix;
import dev.skep.verifier.HistoryEntry.Event;
import dev.skep.verifier.Place;
import dev.skep.verifier.explain.Chain;
import dev.skep.verifier.explain.Home;
import dev.skep.verifier.explain.KnownValue;
import dev.skep.verifier.explain.Operation;
import dev.skep.verifier.explain.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** For offsets into memory of known size. */
final class BoundCandidates {
    private final Situation situation;

    BoundCandidates(Situation situation) {
        this.situation = situation;
    }

    /** The pointer leads outside: a limit for the number that was added to it. */
    List<Candidate> memory() {
        List<Candidate> found = new ArrayList<>(new LengthCandidates(situation).room());
        Optional<Chain.Link> added = added();
        if (added.isEmpty()) {
            return found;
        }
        KnownValue pointer = situation.evidence().value();
        long before = constantBefore(added.get());
        long limit = pointer.size()
                - (before >= 0 ? before : pointer.fixedOffset())
                - situation.evidence().accessOffset()
                - Math.max(1, situation.evidence().accessSize());
        if (pointer.size() > 0 && limit >= 0 && limit <= Integer.MAX_VALUE) {
            found.addAll(limited(added.get(), limit));
        }
        return found;
    }

    /** Where the pointer pointed to before a constant in a register was added, -1 if the number is not constant. */
    private long constantBefore(Chain.Link added) {
        int number = number(added.index()).orElseThrow();
        KnownValue value = situation.trace().register(added.index(), number);
        return value.isConstant() ? situation.evidence().value().fixedOffset() - value.umin() : -1;
    }

    /** The step where a number that is not constant was added to the pointer. */
    private Optional<Chain.Link> added() {
        return situation.evidence().chain().links().reversed().stream()
                .filter(link -> link.event() == Event.COMPUTED && link.value().isPointer())
                .filter(link -> number(link.index()).isPresent())
                .findFirst()
                .or(this::addedConstant);
    }

    /** In a loop that is followed round by round the number that goes too far is a constant. */
    private Optional<Chain.Link> addedConstant() {
        Trace trace = situation.trace();
        int end = situation.evidence().end();
        Optional<Integer> base = base();
        if (base.isEmpty()) {
            return Optional.empty();
        }
        int register = base.get();
        for (int index = end - 1; index >= 0 && trace.frame(index) == trace.frame(end); index--) {
            Operation operation = trace.operation(index);
            if (operation.written().orElse(-1) != register) {
                continue;
            }
            if (operation instanceof Operation.Move(int _, Operation.Operand.Register(int source), boolean _, int _)) {
                register = source;
            } else {
                Home home = new Home.Register(trace.frame(index), register);
                Chain.Link link = new Chain.Link(
                        index, Event.COMPUTED, trace.place(index), home, trace.value(index + 1, home), "");
                boolean fits = number(index).isPresent() && link.value().isPointer();
                if (fits || !(operation instanceof Operation.Arithmetic)) {
                    return Optional.of(link).filter(one -> fits);
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Integer> base() {
        return situation.evidence().failing().flatMap(operation -> switch (operation) {
            case Operation.Load load -> Optional.of(load.base());
            case Operation.Store store -> Optional.of(store.base());
            case Operation.Atomic atomic -> Optional.of(atomic.base());
            default -> Optional.empty();
        });
    }

    private Optional<Integer> number(int index) {
        if (situation.trace().operation(index)
                instanceof
                Operation.Arithmetic(int target, String _, Operation.Operand.Register(int other), boolean _)) {
            return situation.trace().register(index, other).isScalar()
                    ? Optional.of(other)
                    : Optional.of(target)
                            .filter(n -> situation.trace().register(index, n).isScalar());
        }
        return Optional.empty();
    }

    /** The arithmetic itself is refused: a limit for the number in it. */
    List<Candidate> arithmetic() {
        int index = situation.evidence().end();
        Optional<Integer> number = number(index);
        if (number.isEmpty() || situation.register(number.get()).isConstant()) {
            return List.of();
        }
        Chain.Link here = new Chain.Link(
                index,
                Event.COMPUTED,
                situation.place(),
                new Home.Register(situation.trace().frame(index), number.get()),
                situation.register(number.get()),
                "");
        return limited(here, limit(index, number.get()));
    }

    /** The largest number that leads to a place inside, or one that is never too large. */
    private long limit(int index, int number) {
        KnownValue pointer = situation.trace().operation(index)
                        instanceof
                        Operation.Arithmetic(int target, String _, Operation.Operand.Register(int other), boolean _)
                ? situation.trace().register(index, target == number ? other : target)
                : KnownValue.NOTHING;
        if (pointer.isStack()) {
            return Math.max(0, -pointer.fixedOffset() - 1);
        }
        if (pointer.size() > 0) {
            return Math.max(0, pointer.size() - pointer.fixedOffset() - 1);
        }
        return 1500; // a packet's usual length
    }

    private List<Candidate> limited(Chain.Link added, long limit) {
        int register = number(added.index()).orElseThrow();
        Place place = added.place();
        SafeReturn leaving = situation.safeReturn();
        NumberText text = new NumberText(situation);
        Repair guard = new Repair.Guard(
                place.instruction(), register, Repair.Passes.AT_MOST, (int) text.bytes(added, limit), leaving.value());
        boolean compiled = situation.mayLoseChecks();
        String description = compiled
                ? "check the very value that is used, where the compiler cannot move the check to a copy"
                : "leave if the number is too large";
        Place use = place.isSameLine(situation.place()) || !place.hasLine() ? situation.place() : place;
        Fix fix = text.name(added)
                .filter(name -> compiled)
                .flatMap(name -> new BoundedCopy(use, name)
                        .fix(
                                situation.edits(),
                                description,
                                String.valueOf(text.elements(added, limit)),
                                false,
                                leaving))
                .or(() -> text.checked(added, limit)
                        .map(condition -> situation.edits().guard(use, description, condition, leaving)))
                .orElseGet(() -> new Fix(use, description, "", false, false));
        List<Candidate> found = new ArrayList<>();
        found.add(Candidate.of(guard, fix));
        if (Long.bitCount(limit + 1) == 1) {
            found.add(masked(added, register, limit, use, text));
        }
        return found;
    }

    private Candidate masked(Chain.Link added, int register, long mask, Place place, NumberText text) {
        String description = "keep only the bits that lead inside";
        Fix fix = text.variable(added)
                .map(name -> situation.edits().before(place, description, name + " &= " + mask + ";"))
                .orElseGet(() -> new Fix(place, description, "", false, false));
        return Candidate.of(new Repair.Mask(added.place().instruction(), register, (int) mask), fix);
    }
}
