package dev.skep.trace.record;

import dev.skep.object.Bytes;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads what a {@link Packer} wrote. What does not fit is an {@link InputException}. */
final class Unpacker {
    private final ByteBuffer bytes;
    private final Location where;

    Unpacker(byte[] content, Location where) {
        this.bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        this.where = where;
    }

    InputException wrong(String problem) {
        return new InputException(where, problem, "record it again");
    }

    private void need(int count) {
        if (bytes.remaining() < count) {
            throw wrong("an entry ends after " + bytes.limit() + " bytes, within a value of " + count);
        }
    }

    long number() {
        need(Long.BYTES);
        return bytes.getLong();
    }

    int shortNumber() {
        need(Integer.BYTES);
        return bytes.getInt();
    }

    boolean truth() {
        need(1);
        return bytes.get() != 0;
    }

    private byte[] array() {
        int length = length();
        byte[] content = new byte[length];
        bytes.get(content);
        return content;
    }

    /** A length, of which the entry has at least as many bytes. */
    private int length() {
        int length = shortNumber();
        if (length < 0 || length > bytes.remaining()) {
            throw wrong("an entry says that " + Integer.toUnsignedLong(length) + " follow, and has " + bytes.remaining()
                    + " bytes more");
        }
        return length;
    }

    Bytes content() {
        return Bytes.of(array());
    }

    String text() {
        return new String(array(), StandardCharsets.UTF_8);
    }

    <T> List<T> list(Supplier<T> each) {
        int count = length();
        List<T> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            elements.add(each.get());
        }
        return elements;
    }

    List<String> texts() {
        return list(this::text);
    }

    <T> Optional<T> optional(Supplier<T> content) {
        return truth() ? Optional.of(content.get()) : Optional.empty();
    }

    /** Refuses what is left over. */
    void end() {
        if (bytes.hasRemaining()) {
            throw wrong("an entry has " + bytes.remaining() + " bytes too many");
        }
    }
}
