package dev.skep.replay;

import dev.skep.object.Bytes;
import dev.skep.trace.system.Tracepoints;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How a made-up tracepoint's record is laid out: all members that any of its events has, one after the other. */
final class MadeUpRecord {
    /** What each tracepoint's record begins with. */
    private static final int COMMON = 8;

    private final List<Tracepoints.Field> fields = new ArrayList<>();
    private int end = COMMON;

    static MadeUpRecord of(List<MadeUpEvent> events) {
        MadeUpRecord record = new MadeUpRecord();
        for (MadeUpEvent event : events) {
            event.fields().keySet().forEach(name -> record.add(name, events));
        }
        return record;
    }

    private void add(String name, List<MadeUpEvent> events) {
        if (fields.stream().anyMatch(field -> field.name().equals(name))) {
            return;
        }
        List<Object> values = events.stream()
                .map(event -> event.fields().get(name))
                .filter(value -> value != null)
                .toList();
        if (values.stream().map(Object::getClass).distinct().count() > 1) {
            throw new IllegalArgumentException("the field " + name + " is a number in one event and a text in another");
        }
        Tracepoints.Field field = switch (values.getFirst()) {
            case String _ -> {
                int longest = values.stream()
                        .mapToInt(value -> bytes((String) value).length)
                        .max()
                        .orElse(0);
                int size = (longest + Long.BYTES) & -Long.BYTES;
                yield field("char", name, size, size, true);
            }
            case MadeUpEvent.Pointer _ -> field("const char *", name, 0, Long.BYTES, false);
            default -> field("long", name, 0, Long.BYTES, true);
        };
        fields.add(field);
        end += field.size();
    }

    private Tracepoints.Field field(String type, String name, int elements, int size, boolean signed) {
        return new Tracepoints.Field(type, name, elements, end, size, signed, Tracepoints.Location.HERE);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    List<Tracepoints.Field> fields() {
        return fields;
    }

    /** A record with these members; what is not given is 0. */
    Bytes content(Map<String, Object> values) {
        ByteBuffer content = ByteBuffer.allocate(end).order(ByteOrder.LITTLE_ENDIAN);
        for (Tracepoints.Field field : fields) {
            switch (values.get(field.name())) {
                case null -> {}
                case String text -> content.put(field.offset(), bytes(text));
                case MadeUpEvent.Pointer(long address) -> content.putLong(field.offset(), address);
                case Object number -> content.putLong(field.offset(), (Long) number);
            }
        }
        return Bytes.of(content.array());
    }
}
