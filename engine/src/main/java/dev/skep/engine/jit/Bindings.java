package dev.skep.engine.jit;

import dev.skep.engine.helper.HelperDefinition;
import dev.skep.engine.helper.HelperTable;
import dev.skep.engine.map.ArrayElements;
import dev.skep.engine.map.EngineMap;
import dev.skep.engine.map.Maps;
import dev.skep.engine.map.RecordSender;
import dev.skep.engine.map.RingBufferMap;
import dev.skep.object.program.HelperId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Binds calls of helpers to the very maps they are made on. Checked mode binds nothing: there the helpers look at everything. */
final class Bindings {
    private final ValueGraph graph;
    private final Facts facts;
    private final Maps maps;
    private final CompiledProgram program;
    private final boolean checked;
    private final Map<Integer, Binding> byOperation = new HashMap<>();

    Bindings(ValueGraph graph, Facts facts, Maps maps, CompiledProgram program, boolean checked) {
        this.graph = graph;
        this.facts = facts;
        this.maps = maps;
        this.program = program;
        this.checked = checked;
    }

    /** What the call becomes. */
    Binding of(int operation, Operation.CallHelper call) {
        Binding known = byOperation.get(operation);
        Binding binding = known == null ? bind(operation, call) : known;
        byOperation.put(operation, binding);
        return binding;
    }

    private Binding bind(int operation, Operation.CallHelper call) {
        Binding any = new Binding.Any(call.helper(), arity(call), mayCallBack(call.number()));
        if (checked || call.number() < 0 || !isItself(call)) {
            return any;
        }
        if (call.number() == HelperId.RINGBUF_SUBMIT.number() || call.number() == HelperId.RINGBUF_DISCARD.number()) {
            boolean discard = call.number() == HelperId.RINGBUF_DISCARD.number();
            return reservedOn(graph.seen[operation][0])
                    .<Binding>map(ring -> new Binding.Finish(ring, discard))
                    .orElse(any);
        }
        int map = graph.seen[operation][0];
        if (!facts.isConstant(map)) {
            return any;
        }
        return maps.withHandle(facts.constant(map))
                .filter(program::keeps)
                .flatMap(known -> onMap(call.number(), known))
                .orElse(any);
    }

    /** The ring buffer whose record a value is, if it was reserved here. */
    private Optional<RecordSender> reservedOn(int value) {
        int i = graph.operationOf(value);
        while (i >= 0 && graph.region.operations[i] instanceof Operation.Move move && move.bits() == Long.SIZE) {
            i = graph.operationOf(graph.seen[i][0]);
        }
        return i >= 0
                        && graph.region.operations[i] instanceof Operation.CallHelper call
                        && of(i, call) instanceof Binding.Reserve reserve
                ? Optional.of(reserve.ring())
                : Optional.empty();
    }

    private static int arity(Operation.CallHelper call) {
        return HelperId.of(call.number())
                .flatMap(HelperTable::find)
                .map(HelperDefinition::arity)
                .orElse(Operation.ARGUMENTS.length);
    }

    private static Optional<Binding> onMap(int number, EngineMap map) {
        return switch (HelperId.of(number).orElseThrow()) {
            case MAP_LOOKUP_ELEM -> Optional.of(lookup(map));
            case MAP_UPDATE_ELEM -> Optional.of(new Binding.Update(map));
            case MAP_DELETE_ELEM -> Optional.of(new Binding.Delete(map));
            case RINGBUF_RESERVE ->
                map instanceof RingBufferMap ring ? Optional.of(new Binding.Reserve(ring.sender())) : Optional.empty();
            case RINGBUF_OUTPUT ->
                map instanceof RingBufferMap ring ? Optional.of(new Binding.Output(ring.sender())) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Binding lookup(EngineMap map) {
        Optional<ArrayElements> elements = map.arrayElements();
        if (elements.isPresent()) {
            return new Binding.ArrayLookup(elements.get());
        }
        return map.elementLookup().<Binding>map(Binding.DirectLookup::new).orElseGet(() -> new Binding.Lookup(map));
    }

    /** False for calls that may be loaded but not reached. */
    private static boolean isItself(Operation.CallHelper call) {
        return HelperId.of(call.number())
                .flatMap(HelperTable::find)
                .map(definition -> definition.function().equals(call.helper()))
                .orElse(false);
    }

    /** True if the helper with this number may run functions of the program. */
    static boolean mayCallBack(int number) {
        return number == HelperId.LOOP.number()
                || number == HelperId.FOR_EACH_MAP_ELEM.number()
                || number == HelperId.USER_RINGBUF_DRAIN.number();
    }

    /** How much of r1 to r5 the call looks at. */
    byte[] demands(int operation, Operation.CallHelper call) {
        return switch (of(operation, call)) {
            case Binding.Any any -> amounts(any.arity(), 0);
            case Binding.ArrayLookup ignored -> amounts(2, 2);
            case Binding.DirectLookup ignored -> amounts(2, 2);
            case Binding.Lookup ignored -> amounts(2, 2);
            case Binding.Update ignored -> amounts(4, 3);
            case Binding.Delete ignored -> amounts(2, 2);
            case Binding.Reserve ignored -> amounts(3, 0);
            case Binding.Finish ignored -> amounts(2, 0);
            case Binding.Output ignored -> amounts(4, 2);
        };
    }

    /** @param used how many arguments it has @param addresses up to which argument, from the second on, they are addresses */
    private static byte[] amounts(int used, int addresses) {
        byte[] amounts = new byte[Operation.ARGUMENTS.length];
        Arrays.fill(amounts, 0, used, Demand.ALL);
        if (addresses > 1) {
            Arrays.fill(amounts, 1, addresses, Demand.LOWER);
        }
        return amounts;
    }
}
