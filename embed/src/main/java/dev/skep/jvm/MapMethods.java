package dev.skep.jvm;

import dev.skep.engine.Execution;
import dev.skep.engine.memory.Sandbox;
import dev.skep.object.host.BpfMap;
import dev.skep.object.host.Errno;
import dev.skep.object.program.HelperId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Methods of maps. The object they are called on comes first. */
final class MapMethods {
    /** {@code BPF_LOCAL_STORAGE_GET_F_CREATE} of linux/bpf.h. */
    private static final long CREATE = 1;

    static final Map<String, BpfOnly.Body> BODIES = new HashMap<>();

    static {
        BODIES.put("KeyedMap.lookup", (run, a) -> {
            LiveMap map = map(run, a);
            return valueAt(run, map.value(), lookup(run, map, a[1]));
        });
        BODIES.put("KeyedMap.put", (run, a) -> update(run, a, BpfMap.ANY));
        BODIES.put("KeyedMap.putIfAbsent", (run, a) -> update(run, a, BpfMap.NOEXIST));
        BODIES.put("KeyedMap.replace", (run, a) -> update(run, a, BpfMap.EXIST));
        BODIES.put("KeyedMap.delete", (run, a) -> {
            LiveMap map = map(run, a);
            return (int)
                    HelperMethods.call(run, HelperId.MAP_DELETE_ELEM, map.handle(), addressOf(run, map.key(), a[1]));
        });
        BODIES.put("KeyedMap.add", MapMethods::add);
        BODIES.put("KeyedMap.forEach", (run, a) -> forEach(run, a, MapMethods::accept));
        BODIES.put("KeyedMap.forEachWhile", (run, a) -> forEach(run, a, MapMethods::test));
        BODIES.put("KeyedMap.keys", MapMethods::keys);
        for (String kind : new String[] {"Queue", "Stack"}) {
            BODIES.put(kind + ".push", (run, a) -> element(run, HelperId.MAP_PUSH_ELEM, a));
            BODIES.put(kind + ".pop", (run, a) -> element(run, HelperId.MAP_POP_ELEM, a));
            BODIES.put(kind + ".peek", (run, a) -> element(run, HelperId.MAP_PEEK_ELEM, a));
        }
        BODIES.put("RingBuffer.reserve", MapMethods::reserve);
        BODIES.put("RingBuffer.submit", (run, a) -> end(run, HelperId.RINGBUF_SUBMIT, a));
        BODIES.put("RingBuffer.discard", (run, a) -> end(run, HelperId.RINGBUF_DISCARD, a));
        BODIES.put("RingBuffer.output", MapMethods::output);
        BODIES.put("ProgramArray.call", MapMethods::tailCall);
        BODIES.put("SocketStorage.get", (run, a) -> storage(run, a, 0));
        BODIES.put("SocketStorage.getOrCreate", (run, a) -> storage(run, a, CREATE));
        BODIES.put("SocketStorage.delete", (run, a) -> (int)
                HelperMethods.call(run, HelperId.SK_STORAGE_DELETE, map(run, a).handle(), socket(a)));
        BODIES.put("ArrayOfMaps.lookup", MapMethods::innerMap);
        BODIES.put("HashOfMaps.lookup", MapMethods::innerMap);
    }

    private MapMethods() {}

    private static LiveMap map(JavaRun run, @Nullable Object[] arguments) {
        return run.classes().maps().of(Objects.requireNonNull(arguments[0], "a map"));
    }

    private static long lookup(JavaRun run, LiveMap map, @Nullable Object key) {
        return HelperMethods.call(run, HelperId.MAP_LOOKUP_ELEM, map.handle(), addressOf(run, map.key(), key));
    }

    private static @Nullable Object valueAt(JavaRun run, Class<?> type, long address) {
        if (address == 0) {
            return null;
        }
        Sandbox memory = run.execution().sandbox();
        if (type.isEnum()) {
            return type.getEnumConstants()[memory.getInt(address)];
        }
        return Located.class.isAssignableFrom(type)
                ? run.struct(type, address)
                : JavaNumber.box(type, MemoryNumber.read(memory, address, JavaNumber.boxed(type)));
    }

    /** The address of a key or value; of a number that of a copy. */
    private static long addressOf(JavaRun run, Class<?> type, @Nullable Object value) {
        Object present = Objects.requireNonNull(value, "a key or value of a map");
        if (present instanceof Located struct) {
            return struct.place$().address();
        }
        long address = run.newMemory(run.classes().size(type), "number");
        if (present instanceof Enum<?> constant) {
            run.execution().sandbox().putInt(address, constant.ordinal());
            return address;
        }
        MemoryNumber.write(run.execution().sandbox(), address, JavaNumber.boxed(type), JavaNumber.value(present));
        return address;
    }

    private static int update(JavaRun run, @Nullable Object[] arguments, long flags) {
        LiveMap map = map(run, arguments);
        long key = addressOf(run, map.key(), arguments[1]);
        long value = addressOf(run, map.value(), arguments[2]);
        return (int) HelperMethods.call(run, HelperId.MAP_UPDATE_ELEM, map.handle(), key, value, flags);
    }

    private static @Nullable Object add(JavaRun run, @Nullable Object[] arguments) {
        LiveMap map = map(run, arguments);
        long amount = JavaNumber.value(Objects.requireNonNull(arguments[2], "amount"));
        long found = lookup(run, map, arguments[1]);
        if (found == 0) {
            Object fresh = JavaNumber.box(map.value(), amount);
            int refused = update(run, new Object[] {arguments[0], arguments[1], fresh}, BpfMap.NOEXIST);
            // Another processor may have been first.
            found = refused == Errno.EEXIST.negated() ? lookup(run, map, arguments[1]) : 0;
        }
        if (found != 0) {
            addAt(
                    run.execution().sandbox(),
                    found,
                    JavaNumber.boxed(map.value()).size(),
                    amount);
        }
        return null;
    }

    private static void addAt(Sandbox memory, long address, int size, long amount) {
        if (size == Long.BYTES) {
            memory.atomics().getAndAdd(address, amount);
        } else {
            memory.atomics().getAndAdd(address, (int) amount);
        }
    }

    /** Calls a function with a key and a value. @return whether it wants more */
    @FunctionalInterface
    private interface Visit {
        boolean to(Object function, @Nullable Object key, @Nullable Object value);
    }

    @SuppressWarnings("unchecked")
    private static boolean accept(Object function, @Nullable Object key, @Nullable Object value) {
        ((BiConsumer<@Nullable Object, @Nullable Object>) function).accept(key, value);
        return true;
    }

    @SuppressWarnings("unchecked")
    private static boolean test(Object function, @Nullable Object key, @Nullable Object value) {
        return ((BiPredicate<@Nullable Object, @Nullable Object>) function).test(key, value);
    }

    private static int forEach(JavaRun run, @Nullable Object[] arguments, Visit visit) {
        LiveMap map = map(run, arguments);
        Object function = Objects.requireNonNull(arguments[1], "a lambda expression");
        return (int) run.execution()
                .map(map.handle())
                .forEachElement(
                        run.execution().cpu(),
                        (key, value) ->
                                visit.to(function, valueAt(run, map.key(), key), valueAt(run, map.value(), value))
                                        ? 0
                                        : 1);
    }

    /** Copies, as what is passed for a key is there while it is looked at only. */
    private static List<@Nullable Object> keys(JavaRun run, @Nullable Object[] arguments) {
        LiveMap map = map(run, arguments);
        int size = run.classes().size(map.key());
        List<@Nullable Object> keys = new ArrayList<>();
        run.execution().map(map.handle()).forEachElement(run.execution().cpu(), (key, value) -> {
            long copy = run.newMemory(size, "key");
            run.execution().sandbox().copy(key, copy, size);
            keys.add(valueAt(run, map.key(), copy));
            return 0;
        });
        return keys;
    }

    private static @Nullable Object storage(JavaRun run, @Nullable Object[] arguments, long flags) {
        LiveMap map = map(run, arguments);
        long found = HelperMethods.call(run, HelperId.SK_STORAGE_GET, map.handle(), socket(arguments), 0, flags);
        return valueAt(run, map.value(), found);
    }

    private static long socket(@Nullable Object[] arguments) {
        return ((Located) Objects.requireNonNull(arguments[1], "socket"))
                .place$()
                .address();
    }

    private static @Nullable Object innerMap(JavaRun run, @Nullable Object[] arguments) {
        LiveMap map = map(run, arguments);
        long handle = lookup(run, map, arguments[1]);
        return handle == 0 ? null : run.classes().maps().inner(map, handle);
    }

    private static int element(JavaRun run, HelperId helper, @Nullable Object[] arguments) {
        LiveMap map = map(run, arguments);
        return (int) HelperMethods.call(run, helper, map.handle(), addressOf(run, map.value(), arguments[1]));
    }

    private static @Nullable Object reserve(JavaRun run, @Nullable Object[] arguments) {
        LiveMap map = map(run, arguments);
        int size = run.classes().size(map.value());
        return valueAt(run, map.value(), HelperMethods.call(run, HelperId.RINGBUF_RESERVE, map.handle(), size, 0));
    }

    private static @Nullable Object end(JavaRun run, HelperId helper, @Nullable Object[] arguments) {
        LiveMap map = map(run, arguments);
        HelperMethods.call(run, helper, addressOf(run, map.value(), arguments[1]), 0);
        return null;
    }

    private static int output(JavaRun run, @Nullable Object[] arguments) {
        LiveMap map = map(run, arguments);
        long record = addressOf(run, map.value(), arguments[1]);
        int size = run.classes().size(map.value());
        return (int) HelperMethods.call(run, HelperId.RINGBUF_OUTPUT, map.handle(), record, size, 0);
    }

    private static @Nullable Object tailCall(JavaRun run, @Nullable Object[] arguments) {
        LiveMap map = map(run, arguments);
        Located context = (Located) Objects.requireNonNull(arguments[1], "context");
        int index = (Integer) Objects.requireNonNull(arguments[2], "index");
        Execution execution = run.execution();
        execution.tailCall(map.handle(), index, context.place$().address()).ifPresent(result -> {
            throw new ContinuedElsewhere(result);
        });
        return null;
    }
}
