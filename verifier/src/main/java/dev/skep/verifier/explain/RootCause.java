package dev.skep.verifier.explain;

import dev.skep.verifier.Culprit;
import dev.skep.verifier.HistoryEntry.Event;
import dev.skep.verifier.Place;
import dev.skep.verifier.Step;
import java.util.Optional;

/** Finds the line to change: often not the failing one. */
final class RootCause {
    /** {@code MAX_PACKET_OFF}, include/linux/bpf_verifier.h. */
    private static final long LARGEST_PACKET_OFFSET = 0xffff;

    private final Evidence evidence;

    private RootCause(Evidence evidence) {
        this.evidence = evidence;
    }

    /** The place to change; the failing one if nothing speaks for another. */
    static Place of(Evidence evidence) {
        return new RootCause(evidence).find().orElse(evidence.place());
    }

    private Optional<Place> find() {
        return switch (evidence.refused().cause()) {
            case PACKET_BOUNDS ->
                lost().or(this::tooFar)
                        .or(this::shortCheck)
                        .or(this::uselessCheck)
                        .or(this::checkOfCopy)
                        .or(evidence::distanceCompared);
            case MAP_VALUE_BOUNDS, MEMORY_BOUNDS, LENGTH_ARGUMENT, POINTER_ARITHMETIC ->
                lost().or(this::checkOfCopy).or(this::halfCheck).or(this::badConstant);
            case STACK_ACCESS -> lost().or(this::variableOffset);
            case SCALAR_AS_POINTER, HELPER_ARGUMENT, KERNEL_FUNCTION_ARGUMENT -> lost().or(this::nullBranch);
            case UNINITIALIZED_REGISTER -> lost();
            case UNINITIALIZED_STACK -> partialWrite();
            case REFERENCE, LOCK, CRITICAL_SECTION -> acquired();
            case RETURN_VALUE, CALLBACK ->
                evidence.chain()
                        .last(Event.SET)
                        .filter(link -> link.value().isConstant())
                        .map(Chain.Link::place);
            case UNBOUNDED_LOOP -> loopHead();
            default -> Optional.empty();
        };
    }

    private Optional<Place> lost() {
        return evidence.loss().map(Chain.Link::place);
    }

    private Optional<Place> checkOfCopy() {
        return evidence.copies().stream()
                .map(Chain.Link::place)
                .filter(place -> Naming.compared(place).isPresent())
                .findFirst();
    }

    /** The value is compared, but only from one side. */
    private Optional<Place> halfCheck() {
        return evidence.chain()
                .last(Event.CHECKED)
                .filter(link -> link.value().isScalar() && evidence.isOwnCheck(link))
                .map(Chain.Link::place);
    }

    /** A pointer is moved by a constant that leads outside. */
    private Optional<Place> badConstant() {
        return evidence.chain()
                .origin()
                .filter(link -> link.event() == Event.SET
                        && link.value().isConstant()
                        && evidence.value().isScalar())
                .map(Chain.Link::place);
    }

    /** The packet's end is compared with too little: the access begins before what was compared and ends after it. */
    private Optional<Place> shortCheck() {
        KnownValue pointer = evidence.value();
        if (!pointer.isPacket() || pointer.range() == 0 || evidence.failing().isEmpty()) {
            return Optional.empty();
        }
        long start = evidence.structureStart().orElse(pointer.fixedOffset() + evidence.accessOffset());
        return start < pointer.range()
                ? new PacketChecks(evidence.trace()).last(pointer).filter(check -> Naming.mayCompare(check, ""))
                : Optional.empty();
    }

    /** The pointer is moved by so much that no comparison tells anything about it. */
    private Optional<Place> tooFar() {
        boolean far = evidence.number().isScalar()
                && Long.compareUnsigned(evidence.number().umax(), LARGEST_PACKET_OFFSET) > 0;
        return evidence.chain()
                .last(Event.COMPUTED)
                .filter(link -> far && link.value().isPacket())
                .map(Chain.Link::place);
    }

    /** The pointer is compared with the packet's end, but on this path that tells nothing. */
    private Optional<Place> uselessCheck() {
        return new PacketChecks(evidence.trace()).useless(evidence.value());
    }

    private Optional<Place> variableOffset() {
        return evidence.chain().last(Event.COMPUTED).map(Chain.Link::place);
    }

    /** On this path the pointer was compared with null, and is null. */
    private Optional<Place> nullBranch() {
        return evidence.chain()
                .last(Event.CHECKED)
                .or(() -> evidence.chain().last(Event.SET))
                .filter(link -> link.value().isConstant() && link.value().umin() == 0)
                .map(Chain.Link::place);
    }

    /** Of bytes that were written only in part, where the writing begins. */
    private Optional<Place> partialWrite() {
        if (!(evidence.refused().culprit() instanceof Culprit.StackSlot(int frame, int offset, int size))) {
            return Optional.empty();
        }
        Trace trace = evidence.trace();
        for (int index = 0; index < trace.size() - 1; index++) {
            if (trace.frame(index) == frame && trace.operation(index) instanceof Operation.Store store) {
                KnownValue base = trace.register(index, store.base());
                long first = (store.base() == 10 ? 0 : base.fixedOffset()) + store.offset();
                boolean stack = store.base() == 10 || base.isStack();
                if (stack && first >= offset && first < offset + Math.max(size, 8)) {
                    return Optional.of(trace.place(index));
                }
            }
        }
        return Optional.empty();
    }

    /** Of something not given back, the branch that leaves without; else where it was acquired. */
    private Optional<Place> acquired() {
        if (!(evidence.refused().culprit() instanceof Culprit.Acquired(String _, int slot))) {
            return Optional.empty();
        }
        Trace trace = evidence.trace();
        for (int index = trace.size() - 2; index >= 0 && trace.place(index).instruction() != slot; index--) {
            boolean testsResult = trace.step(index).branch() != Step.Branch.NONE;
            if (testsResult && trace.place(index).hasLine() && !isNullTest(index)) {
                return Optional.of(trace.place(index));
            }
        }
        return Optional.of(evidence.source().at(slot));
    }

    /** A comparison of what was acquired with null does not lead out without it. */
    private boolean isNullTest(int index) {
        return evidence.trace().operation(index) instanceof Operation.Branch branch
                && evidence.trace().register(index, branch.left()).mayBeNull();
    }

    private Optional<Place> loopHead() {
        return evidence.refused().culprit() instanceof Culprit.Loop(int head)
                ? Optional.of(evidence.source().at(head)).filter(Place::hasLine)
                : Optional.empty();
    }
}
