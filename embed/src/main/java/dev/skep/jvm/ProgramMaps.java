package dev.skep.jvm;

import dev.skep.engine.EngineObject;
import dev.skep.engine.map.EngineMap;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Which live map a static field of a program stands for: the one with the field's name. */
final class ProgramMaps {
    private static final String MAP_CLASS = "dev.skep.lang.map.BpfMap";

    private final EngineObject object;
    private final List<Class<?>> undecided = new CopyOnWriteArrayList<>();
    private final Map<Object, LiveMap> maps = new IdentityHashMap<>();
    private final Map<Long, Object> innerMaps = new HashMap<>();

    ProgramMaps(EngineObject object) {
        this.object = object;
    }

    /** A class that may have fields that are maps. */
    void mayDeclare(Class<?> type) {
        undecided.add(type);
    }

    /**
     * The live map that an object of {@code dev.skep.lang.map} stands for.
     *
     * @throws IllegalArgumentException if it is in no static field
     */
    synchronized LiveMap of(Object map) {
        if (!maps.containsKey(map)) {
            List<Class<?>> types = List.copyOf(undecided);
            undecided.removeAll(types);
            types.forEach(this::readFields);
        }
        LiveMap live = maps.get(map);
        if (live == null) {
            throw new IllegalArgumentException("a map that is in no static field of a program's class: " + map);
        }
        return live;
    }

    private void readFields(Class<?> type) {
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && isMap(field.getType())) {
                object.map(field.getName()).ifPresent(map -> maps.put(value(field), liveMap(field, map)));
            }
        }
    }

    private static boolean isMap(Class<?> type) {
        Class<?> ancestor = type;
        while (ancestor != null && !ancestor.getName().equals(MAP_CLASS)) {
            ancestor = ancestor.getSuperclass();
        }
        return ancestor != null;
    }

    private static Object value(Field field) {
        try {
            field.setAccessible(true);
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("reading the map " + field, e);
        }
    }

    /** Maps by numbers have one type argument, the value's. */
    private static LiveMap liveMap(Field field, EngineMap map) {
        Optional<LiveMap.Inner> inner = typeArguments(field.getGenericType()).stream()
                .reduce((first, last) -> last)
                .filter(type -> isMap(erased(type)))
                .map(type -> new LiveMap.Inner(erased(type), key(type), value(type)));
        return new LiveMap(map.handle(), key(field.getGenericType()), value(field.getGenericType()), inner);
    }

    private static Class<?> key(Type map) {
        List<Type> arguments = typeArguments(map);
        return arguments.size() > 1 ? erased(arguments.getFirst()) : Integer.class;
    }

    private static Class<?> value(Type map) {
        List<Type> arguments = typeArguments(map);
        return arguments.isEmpty() ? Integer.class : erased(arguments.getLast());
    }

    private static List<Type> typeArguments(Type type) {
        return type instanceof ParameterizedType known ? List.of(known.getActualTypeArguments()) : List.of();
    }

    /** An object that stands for a map found in a map of maps; always the same for the same map. */
    synchronized Object inner(LiveMap outer, long handle) {
        return innerMaps.computeIfAbsent(handle, h -> {
            LiveMap.Inner inner = outer.inner().orElseThrow();
            Object made = make(inner.type());
            maps.put(made, inner.live(handle));
            return made;
        });
    }

    private static Object make(Class<?> map) {
        try {
            return map.getConstructor(int.class).newInstance(1);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("making a " + map.getName(), e);
        }
    }

    private static Class<?> erased(Type type) {
        return type instanceof Class<?> known ? known : (Class<?>) ((ParameterizedType) type).getRawType();
    }
}
