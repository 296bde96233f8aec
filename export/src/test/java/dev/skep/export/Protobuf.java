package dev.skep.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A message of Protocol Buffers, decoded by its wire format alone. */
final class Protobuf {
    private final Map<Integer, List<ByteBuffer>> fields = new TreeMap<>();

    Protobuf(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.hasRemaining()) {
            long tag = varint(in);
            int length = switch ((int) (tag & 7)) {
                case 1 -> 8;
                case 2 -> (int) varint(in);
                case 5 -> 4;
                case 0 -> {
                    int start = in.position();
                    varint(in);
                    int end = in.position();
                    in.position(start);
                    yield end - start;
                }
                default -> throw new IllegalArgumentException("wire type of tag " + tag);
            };
            fields.computeIfAbsent((int) (tag >>> 3), _ -> new ArrayList<>())
                    .add(in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN));
            in.position(in.position() + length);
        }
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = in.get();
            value |= (long) (next & 0x7f) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }

    private static byte[] bytes(ByteBuffer field) {
        byte[] bytes = new byte[field.remaining()];
        field.duplicate().get(bytes);
        return bytes;
    }

    List<Protobuf> all(int field) {
        return fields.getOrDefault(field, List.of()).stream()
                .map(each -> new Protobuf(bytes(each)))
                .toList();
    }

    Protobuf message(int field) {
        return all(field).getFirst();
    }

    private ByteBuffer first(int field) {
        return Objects.requireNonNull(fields.get(field), () -> "field " + field).getFirst();
    }

    String text(int field) {
        return new String(bytes(first(field)), StandardCharsets.UTF_8);
    }

    double real(int field) {
        return first(field).getDouble(0);
    }

    long whole(int field) {
        return first(field).getLong(0);
    }

    /** Packed numbers of 64 bits. */
    List<Long> wholes(int field) {
        ByteBuffer packed = first(field).duplicate().order(ByteOrder.LITTLE_ENDIAN);
        List<Long> numbers = new ArrayList<>();
        while (packed.hasRemaining()) {
            numbers.add(packed.getLong());
        }
        return numbers;
    }

    List<Double> reals(int field) {
        return wholes(field).stream().map(Double::longBitsToDouble).toList();
    }
}
