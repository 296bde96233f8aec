package dev.skep.jvm;

import dev.skep.engine.EngineObject;
import dev.skep.engine.map.EngineMap;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Which live map a static field of a program stands for: the one with the field's name. */
final class ProgramMaps {
    private static final String MAP_CLASS = "dev.skep.lang.map.BpfMap";

    private final EngineObject object;
    private final List<Class<?>> undecided = new CopyOnWriteArrayList<>();
    private final Map<Object, LiveMap> maps = new IdentityHashMap<>();

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
        List<Class<?>> arguments = field.getGenericType() instanceof ParameterizedType type
                ? Arrays.stream(type.getActualTypeArguments())
                        .<Class<?>>map(ProgramMaps::erased)
                        .toList()
                : List.of();
        Class<?> key = arguments.size() > 1 ? arguments.getFirst() : Integer.class;
        return new LiveMap(map, key, arguments.isEmpty() ? Integer.class : arguments.getLast());
    }

    private static Class<?> erased(Type type) {
        return type instanceof Class<?> known ? known : (Class<?>) ((ParameterizedType) type).getRawType();
    }
}
