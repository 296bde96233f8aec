package dev.skep.trace.portable;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skep.trace.source.SourceText;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Writes records as bytes, little-endian: a record's components in their order; a variant of a sealed interface as its number among them
 * (sorted by name), then the record; {@code int} and {@code long} as 4 and 8 bytes, {@code boolean} as one; a text as its number in the
 * table of texts; an enumeration's constant as a text; what may be absent as a byte of 0, or of 1 and the value; lists and maps as the number
 * of their elements and these, maps sorted. A source text is its name and all of it, as texts.
 */
final class RecordWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Map<String, Integer> texts = new LinkedHashMap<>();

    /** All texts, by their numbers: for {@link #table}. */
    Collection<String> texts() {
        return texts.keySet();
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    void write(Object value, Type type) {
        switch (value) {
            case Integer number -> number(number);
            case Long number -> number(number);
            case Boolean truth -> out.write(truth ? 1 : 0);
            case String text -> text(text);
            case Enum<?> constant -> text(constant.name());
            case SourceText source -> {
                text(source.name());
                text(source.text());
            }
            case OptionalInt maybe -> {
                out.write(maybe.isPresent() ? 1 : 0);
                maybe.ifPresent(this::number);
            }
            case OptionalLong maybe -> {
                out.write(maybe.isPresent() ? 1 : 0);
                maybe.ifPresent(this::number);
            }
            case Optional<?> maybe -> {
                out.write(maybe.isPresent() ? 1 : 0);
                maybe.ifPresent(found -> write(found, RecordTypes.argument(type, 0)));
            }
            case List<?> list -> {
                number(list.size());
                list.forEach(each -> write(each, RecordTypes.argument(type, 0)));
            }
            case Map<?, ?> map -> map(map, type);
            case Record found -> variant(found, RecordTypes.raw(type));
            default -> throw new IllegalArgumentException(value.getClass() + " cannot be written");
        }
    }

    private void map(Map<?, ?> map, Type type) {
        number(map.size());
        new TreeMap<>(map).forEach((key, value) -> {
            write(key, RecordTypes.argument(type, 0));
            write(value, RecordTypes.argument(type, 1));
        });
    }

    private void variant(Record value, Class<?> type) {
        if (type.isSealed()) {
            number(RecordTypes.variants(type).indexOf(value.getClass()));
        }
        try {
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                write(component.getAccessor().invoke(value), component.getGenericType());
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(value.getClass() + " cannot be read", e);
        }
    }

    void number(int number) {
        out.writeBytes(buffer(Integer.BYTES).putInt(number).array());
    }

    private void number(long number) {
        out.writeBytes(buffer(Long.BYTES).putLong(number).array());
    }

    private void text(String text) {
        number(texts.computeIfAbsent(text, _ -> texts.size()));
    }

    /** Texts as such: how many, and of each how many bytes, and these (UTF-8). */
    void table(Collection<String> all) {
        number(all.size());
        for (String text : all) {
            byte[] bytes = text.getBytes(UTF_8);
            number(bytes.length);
            out.writeBytes(bytes);
        }
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
