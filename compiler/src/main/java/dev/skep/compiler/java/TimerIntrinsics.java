package dev.skep.compiler.java;

import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Value;
import dev.skep.object.map.MapType;
import dev.skep.object.program.HelperId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Methods of {@code dev.skep.lang.Timer}. */
final class TimerIntrinsics {
    static final Map<Intrinsic.Method, Intrinsic> TABLE = new HashMap<>();

    private static final String TIMER = "dev/skep/lang/Timer";
    private static final String MAP = "Ldev/skep/lang/map/KeyedMap;";

    /** {@code CLOCK_MONOTONIC} of include/uapi/linux/time.h. */
    private static final long MONOTONIC = 1;

    /** {@code BPF_F_TIMER_ABS} of include/uapi/linux/bpf.h. */
    private static final long ABSOLUTE = 1;

    /** Where kernel/bpf/verifier.c and kernel/bpf/map.c of Linux allow timers. */
    private static final Set<MapType> WITH_TIMERS = Set.of(MapType.HASH, MapType.LRU_HASH, MapType.ARRAY);

    static {
        put("initialize", "(" + MAP + ")I", TimerIntrinsics::initialize);
        put("setCallback", "(" + MAP + "Ljava/util/function/BiConsumer;)I", TimerIntrinsics::setCallback);
        put("start", "(J)I", call -> start(call, 0));
        put("startUntil", "(J)I", call -> start(call, ABSOLUTE));
        put("cancel", "()I", call -> result(call, HelperId.TIMER_CANCEL, List.of(call.pointer(0))));
    }

    private TimerIntrinsics() {}

    private static void put(String name, String descriptor, Intrinsic intrinsic) {
        TABLE.put(new Intrinsic.Method(TIMER, name, descriptor), intrinsic);
    }

    private static Optional<Operand> result(Call call, HelperId helper, List<Value> arguments) {
        Emitter emitter = call.emitter();
        return Optional.of(new Operand.Number(emitter.narrow(emitter.call(helper, arguments))));
    }

    private static MapField map(Call call) {
        MapField map = call.map(1);
        if (!WITH_TIMERS.contains(map.declaration().type())) {
            throw new Refusal(
                    call.name() + "()",
                    "the kernel has no timers in maps of the type "
                            + map.declaration().type(),
                    "use a HashMap, LruHashMap or ArrayMap");
        }
        return map;
    }

    private static Optional<Operand> initialize(Call call) {
        map(call);
        return result(call, HelperId.TIMER_INIT, List.of(call.pointer(0), call.mapAddress(1), Constant.of(MONOTONIC)));
    }

    private static Optional<Operand> setCallback(Call call) {
        MapField map = map(call);
        Value function = CallbackTranslation.address(
                call,
                call.closure(2),
                CallbackParameters.ENTRY,
                parameters -> CallbackParameters.keyAndValue(map, parameters));
        return result(call, HelperId.TIMER_SET_CALLBACK, List.of(call.pointer(0), function));
    }

    private static Optional<Operand> start(Call call, long flags) {
        return result(call, HelperId.TIMER_START, List.of(call.pointer(0), call.number(1), Constant.of(flags)));
    }
}
