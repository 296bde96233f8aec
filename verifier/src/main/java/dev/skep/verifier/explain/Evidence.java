package dev.skep.verifier.explain;

import dev.skep.verifier.Cause;
import dev.skep.verifier.HistoryEntry.Event;
import dev.skep.verifier.Place;
import dev.skep.verifier.Rejection;
import java.util.List;
import java.util.Optional;

/**
 * All that is known about a failure, for those who judge it.
 *
 * @param chain what happened to the value at fault
 * @param copies comparisons of another copy of the value
 * @param another the last comparison that bounds another value
 * @param value what is known of the culprit where it fails
 */
public record Evidence(
        Refused refused,
        Source source,
        Trace trace,
        Chain chain,
        List<Chain.Link> copies,
        Optional<Chain.Link> another,
        KnownValue value) {

    /** From a rejection that was explained before. */
    public static Evidence of(Rejection rejection, Source source) {
        Refused refused =
                new Refused(rejection.cause(), rejection.kernelMessage(), rejection.culprit(), rejection.place());
        return of(refused, source, new Trace(rejection.path().steps()));
    }

    public static Evidence of(Refused refused, Source source, Trace trace) {
        int end = trace.size() - 1;
        Optional<Home> home = trace.size() == 0 ? Optional.empty() : home(refused, trace, end);
        Chain chain = home.map(at -> HistoryWalk.of(trace, at, end)).orElseGet(() -> new Chain(List.of()));
        OtherChecks others = new OtherChecks(trace, chain);
        KnownValue value = home.map(at -> trace.value(end, at)).orElse(KnownValue.NOTHING);
        return new Evidence(refused, source, trace, chain, others.ofTheSame(), others.ofAnother(), value);
    }

    private static Optional<Home> home(Refused refused, Trace trace, int end) {
        if (refused.cause() == Cause.POINTER_ARITHMETIC && computed(trace, end).isPresent()) {
            return computed(trace, end);
        }
        return Home.of(refused.culprit()).or(() -> switch (refused.cause()) {
            case RETURN_VALUE, CALLBACK -> Optional.of(new Home.Register(trace.frame(end), 0));
            case PACKET_BOUNDS,
                    MAP_VALUE_BOUNDS,
                    MEMORY_BOUNDS,
                    SCALAR_AS_POINTER,
                    NULLABLE_POINTER,
                    MISALIGNED_ACCESS,
                    STACK_ACCESS,
                    READ_ONLY_MEMORY,
                    KERNEL_OBJECT_ACCESS,
                    CONTEXT_ACCESS -> accessed(trace, end);
            default -> Optional.empty();
        });
    }

    /** The number that the failing instruction adds to a pointer, or the pointer. */
    private static Optional<Home> computed(Trace trace, int end) {
        int frame = trace.frame(end);
        return trace.operation(end)
                        instanceof Operation.Arithmetic(int target, String _, Operation.Operand operand, boolean _)
                ? Optional.of(
                        operand instanceof Operation.Operand.Register(int other)
                                        && trace.register(end, other).isScalar()
                                ? new Home.Register(frame, other)
                                : new Home.Register(frame, target))
                : Optional.empty();
    }

    /** The register whose pointer the failing instruction goes through. */
    private static Optional<Home> accessed(Trace trace, int end) {
        int frame = trace.frame(end);
        return switch (trace.operation(end)) {
            case Operation.Load load -> Optional.of(new Home.Register(frame, load.base()));
            case Operation.Store store -> Optional.of(new Home.Register(frame, store.base()));
            case Operation.Atomic atomic -> Optional.of(new Home.Register(frame, atomic.base()));
            default -> Optional.empty();
        };
    }

    public int end() {
        return trace.size() - 1;
    }

    public Place place() {
        return refused.place();
    }

    public Optional<Operation> failing() {
        return trace.size() == 0 ? Optional.empty() : Optional.of(trace.operation(end()));
    }

    /** Where the distance to the packet's end is computed, if that is all that is compared. */
    Optional<Place> distanceCompared() {
        PacketChecks checks = new PacketChecks(trace);
        return checks.last(value).isPresent() ? Optional.empty() : checks.distance();
    }

    /** A comparison with the packet's end that covers the access, but from which nothing was learnt. */
    Optional<Place> vainCheck() {
        return new PacketChecks(trace).vain(value);
    }

    /** Where what was known of the value got lost. */
    public Optional<Chain.Link> loss() {
        return chain.last(Event.LOST);
    }

    /** Whether a check is one of the number itself, by its line, and not of what the number was made of together with another. */
    boolean isOwnCheck(Chain.Link check) {
        boolean mixed = chain.links().stream()
                .anyMatch(link -> link.index() > check.index()
                        && link.event() == Event.COMPUTED
                        && link.value().isScalar()
                        && link.text().contains(" with a number"));
        String name = Naming.ofNumber(chain, place()).orElse("");
        return !mixed && Naming.mayCompare(check.place(), name);
    }

    /** The number at fault: the last one that was followed. */
    public KnownValue number() {
        if (value.isScalar()) {
            return value;
        }
        return chain.links().reversed().stream()
                .filter(link -> link.event() == Event.COMPUTED && link.value().isPointer())
                .findFirst()
                .map(link -> addedBy(link.index()))
                .orElse(value);
    }

    /** The number that the instruction at {@code index} adds to a pointer. */
    private KnownValue addedBy(int index) {
        return trace.operation(index)
                                instanceof Operation.Arithmetic(int _, String _, Operation.Operand operand, boolean _)
                        && operand instanceof Operation.Operand.Register(int register)
                ? trace.register(index, register)
                : KnownValue.NOTHING;
    }

    /** What the number is multiplied with on its way to the step at {@code end}: an index times the size of an element. */
    public long scale(int end) {
        long scale = 1;
        for (Chain.Link link : chain.links()) {
            if (link.event() == Event.COMPUTED
                    && link.index() < end
                    && trace.operation(link.index())
                            instanceof
                            Operation.Arithmetic(
                                    int _,
                                    String operator,
                                    Operation.Operand.Constant(long value),
                                    boolean _)) {
                scale *= operator.equals("<<") && value < Short.SIZE ? 1L << value : operator.equals("*") ? value : 1;
            }
        }
        return Math.max(1, scale);
    }

    /** The offset in the failing instruction itself. */
    public long accessOffset() {
        return failing()
                .map(operation -> switch (operation) {
                    case Operation.Load load -> load.offset();
                    case Operation.Store store -> store.offset();
                    case Operation.Atomic atomic -> atomic.offset();
                    default -> 0;
                })
                .orElse(0);
    }

    /** Whether the failing instruction stores something. */
    public boolean writes() {
        return failing()
                .filter(o -> o instanceof Operation.Store || o instanceof Operation.Atomic)
                .isPresent();
    }

    /** The number of bytes the failing instruction accesses, 0 if it is no access. */
    public long accessSize() {
        return failing()
                .map(operation -> switch (operation) {
                    case Operation.Load load -> load.size();
                    case Operation.Store store -> store.size();
                    case Operation.Atomic atomic -> atomic.size();
                    default -> 0;
                })
                .orElse(0);
    }

    /** Where the structure accessed begins, counted from the pointer's origin, if the source's types tell. */
    Optional<Long> structureStart() {
        return source.variables()
                .declaredBehindPointer(place())
                .map(SourceTypes.Field::offset)
                .or(() -> PacketHeaders.access(place().text(), place().column()).map(PacketHeaders.Access::offset))
                .or(() -> source.variables().field(place()).map(SourceTypes.Field::offset))
                .map(offset -> value.fixedOffset() + accessOffset() - offset);
    }

    /** Name of the helper or function that the failing instruction calls. */
    public Optional<String> callee() {
        return failing()
                .flatMap(o ->
                        o instanceof Operation.Call(String callee, boolean _) ? Optional.of(callee) : Optional.empty());
    }
}
