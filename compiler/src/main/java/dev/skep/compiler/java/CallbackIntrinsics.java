package dev.skep.compiler.java;

import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Value;
import dev.skep.object.KernelVersion;
import dev.skep.object.map.MapType;
import dev.skep.object.program.HelperId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Methods that take a lambda expression, which a helper calls, and the condition of loops that need none. */
final class CallbackIntrinsics {
    static final Map<Intrinsic.Method, Intrinsic> TABLE = new HashMap<>();

    private static final String LOOP = "dev/skep/lang/Loop";
    private static final String KEYED_MAP = "dev/skep/lang/map/KeyedMap";

    /** The first with {@code bpf_loop}. */
    private static final KernelVersion LOOP_SINCE = new KernelVersion(5, 17);

    /** The first with {@code may_goto}. */
    private static final KernelVersion MAY_GOTO_SINCE = new KernelVersion(6, 9);

    /** So many rounds are as well written as a loop: the verifier goes through all of them. */
    static final long FEW_ROUNDS = 64;

    /** Those whose operations have {@code map_for_each_callback} in Linux. */
    private static final Set<MapType> VISITED = Set.of(
            MapType.HASH,
            MapType.PERCPU_HASH,
            MapType.LRU_HASH,
            MapType.LRU_PERCPU_HASH,
            MapType.ARRAY,
            MapType.PERCPU_ARRAY);

    static {
        loop("times", "(ILjava/util/function/IntConsumer;)V");
        loop("timesWhile", "(ILjava/util/function/IntPredicate;)V");
        put(LOOP, "mayContinue", "()Z", CallbackIntrinsics::mayContinue);
        put(KEYED_MAP, "forEach", "(Ljava/util/function/BiConsumer;)I", CallbackIntrinsics::forEach);
        put(KEYED_MAP, "forEachWhile", "(Ljava/util/function/BiPredicate;)I", CallbackIntrinsics::forEach);
    }

    private CallbackIntrinsics() {}

    private static void put(String owner, String name, String descriptor, Intrinsic intrinsic) {
        TABLE.put(new Intrinsic.Method(owner, name, descriptor), intrinsic);
    }

    private static void loop(String name, String descriptor) {
        Intrinsic.Method method = new Intrinsic.Method(LOOP, name, descriptor);
        TABLE.put(method, call -> isPlain(call) ? call.inPlace(method) : loop(call));
    }

    /** True for a loop that is compiled as Java has it. */
    private static boolean isPlain(Call call) {
        boolean few = call.number(0) instanceof Constant count && count.value() <= FEW_ROUNDS;
        return few || call.unit().target().kernel().compareTo(LOOP_SINCE) < 0;
    }

    private static Optional<Operand> loop(Call call) {
        Value count = call.emitter().extend(Int.I32, false, call.number(0), Int.I64);
        CallbackTranslation.callBack(
                call,
                HelperId.LOOP,
                List.of(count),
                call.closure(1),
                CallbackParameters.LOOP,
                parameters -> List.of(new Operand.Number(parameters.getFirst())));
        return Optional.empty();
    }

    private static Optional<Operand> mayContinue(Call call) {
        KernelVersion kernel = call.unit().target().kernel();
        if (kernel.compareTo(MAY_GOTO_SINCE) < 0) {
            throw new Refusal(
                    "Loop.mayContinue()",
                    "the kernel limits loops by itself (may_goto) since Linux " + MAY_GOTO_SINCE
                            + ", and the program is compiled for " + kernel,
                    "use Loop.times or Loop.timesWhile, or compile for a newer kernel (--kernel)");
        }
        return Optional.of(new Operand.Number(call.emitter().mayContinue()));
    }

    private static Optional<Operand> forEach(Call call) {
        MapField map = call.map(0);
        requireVisited(call.name() + "()", map.declaration().type());
        Value address = call.mapAddress(0);
        Value visited = CallbackTranslation.callBack(
                call,
                HelperId.FOR_EACH_MAP_ELEM,
                List.of(address),
                call.closure(1),
                CallbackParameters.ENTRY,
                parameters -> CallbackParameters.keyAndValue(map, parameters));
        return Optional.of(new Operand.Number(call.emitter().narrow(visited)));
    }

    /** @throws Refusal if the kernel does not call functions for the entries of such maps */
    static void requireVisited(String what, MapType type) {
        if (!VISITED.contains(type)) {
            throw new Refusal(
                    what,
                    "the kernel does not go through maps of the type " + type,
                    "use a hash map or an array, or remember keys of your own");
        }
    }
}
