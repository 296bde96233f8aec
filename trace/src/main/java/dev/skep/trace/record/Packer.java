package dev.skep.trace.record;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Puts what an entry says into bytes: numbers little-endian, texts and lists with their length before them. */
final class Packer {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Packer number(long value) {
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            bytes.write((int) (value >>> shift));
        }
        return this;
    }

    Packer shortNumber(int value) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            bytes.write(value >>> shift);
        }
        return this;
    }

    Packer truth(boolean value) {
        bytes.write(value ? 1 : 0);
        return this;
    }

    Packer content(byte[] content) {
        shortNumber(content.length);
        bytes.writeBytes(content);
        return this;
    }

    Packer text(String text) {
        return content(text.getBytes(StandardCharsets.UTF_8));
    }

    <T> Packer list(List<T> elements, Consumer<T> each) {
        shortNumber(elements.size());
        elements.forEach(each);
        return this;
    }

    Packer texts(List<String> texts) {
        return list(texts, this::text);
    }

    byte[] toArray() {
        return bytes.toByteArray();
    }
}
