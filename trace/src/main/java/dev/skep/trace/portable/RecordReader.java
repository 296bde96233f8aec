package dev.skep.trace.portable;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skep.trace.source.SourceText;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads what {@link RecordWriter} wrote. Whatever the bytes are, it ends with records or with {@link Malformed}. */
final class RecordReader {
    /** Types within types: no script nests its tuples so deep. */
    private static final int DEEPEST = 64;

    private final ByteBuffer in;
    private final List<String> texts;

    /** The bytes are not what they should be. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String problem) {
            super(problem);
        }
    }

    /** @param in little-endian, at the first record; its end is the end of the data @param texts the table */
    RecordReader(ByteBuffer in, List<String> texts) {
        this.in = in;
        this.texts = texts;
    }

    /** The table that {@link RecordWriter#table} wrote. */
    static List<String> table(ByteBuffer in) throws Malformed {
        RecordReader reader = new RecordReader(in, List.of());
        int count = reader.count(Integer.BYTES);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[reader.count(1)];
            in.get(bytes);
            texts.add(new String(bytes, UTF_8));
        }
        return texts;
    }

    <T> T read(Class<T> type) throws Malformed {
        return type.cast(read(type, 0));
    }

    private Object read(Type type, int depth) throws Malformed {
        if (depth > DEEPEST) {
            throw new Malformed("records are nested deeper than " + DEEPEST);
        }
        Class<?> raw = RecordTypes.raw(type);
        if (raw == int.class || raw == Integer.class) {
            return integer();
        } else if (raw == long.class || raw == Long.class) {
            require(Long.BYTES);
            return in.getLong();
        } else if (raw == boolean.class || raw == Boolean.class) {
            return truth();
        } else if (raw == String.class) {
            return text();
        } else if (raw == SourceText.class) {
            return new SourceText(text(), text());
        } else if (raw == OptionalInt.class) {
            return truth() ? OptionalInt.of(integer()) : OptionalInt.empty();
        } else if (raw == OptionalLong.class) {
            return truth() ? OptionalLong.of((long) read(long.class, depth)) : OptionalLong.empty();
        } else if (raw == Optional.class) {
            return truth() ? Optional.of(read(RecordTypes.argument(type, 0), depth + 1)) : Optional.empty();
        } else if (raw == List.class) {
            return list(RecordTypes.argument(type, 0), depth);
        } else if (raw == Map.class) {
            return map(type, depth);
        } else if (raw.isEnum()) {
            return constant(raw);
        }
        return record(raw.isSealed() ? variant(raw) : raw, depth);
    }

    private List<Object> list(Type element, int depth) throws Malformed {
        int count = count(0);
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(read(element, depth + 1));
        }
        return list;
    }

    private Map<Object, Object> map(Type type, int depth) throws Malformed {
        int count = count(1);
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            Object key = read(RecordTypes.argument(type, 0), depth + 1);
            if (map.put(key, read(RecordTypes.argument(type, 1), depth + 1)) != null) {
                throw new Malformed("a map has a key twice");
            }
        }
        return map;
    }

    private Object constant(Class<?> type) throws Malformed {
        String name = text();
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> ((Enum<?>) each).name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Malformed("'" + name + "' is no " + type.getSimpleName()));
    }

    private Class<?> variant(Class<?> type) throws Malformed {
        List<Class<?>> variants = RecordTypes.variants(type);
        int number = integer();
        if (number < 0 || number >= variants.size()) {
            throw new Malformed("there is no " + type.getSimpleName() + " number " + number);
        }
        return variants.get(number);
    }

    private Object record(Class<?> type, int depth) throws Malformed {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = read(components[i].getGenericType(), depth + 1);
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new Malformed("a " + type.getSimpleName() + " is wrong: " + cause.getMessage());
        }
    }

    private String text() throws Malformed {
        int number = integer();
        if (number < 0 || number >= texts.size()) {
            throw new Malformed("there is no text number " + number);
        }
        return texts.get(number);
    }

    private boolean truth() throws Malformed {
        require(1);
        byte value = in.get();
        if (value != 0 && value != 1) {
            throw new Malformed("a truth value is " + value);
        }
        return value == 1;
    }

    private int integer() throws Malformed {
        require(Integer.BYTES);
        return in.getInt();
    }

    /** How many elements follow, of which each takes so many bytes at least. */
    private int count(int bytes) throws Malformed {
        int count = integer();
        if (count < 0 || (long) count * Math.max(1, bytes) > in.remaining()) {
            throw new Malformed("there are not " + Integer.toUnsignedString(count) + " elements");
        }
        return count;
    }

    private void require(int bytes) throws Malformed {
        if (in.remaining() < bytes) {
            throw new Malformed("it ends too early");
        }
    }
}
