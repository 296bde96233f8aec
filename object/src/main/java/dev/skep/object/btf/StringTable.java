package dev.skep.object.btf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The strings of a BTF section being written: each once, NUL-terminated, in the order they were first asked for. */
final class StringTable {
    private final Map<String, Integer> offsets = new HashMap<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int firstOffset;

    /** A table of its own, which starts with the empty string. */
    StringTable() {
        firstOffset = 0;
        offset("");
    }

    /** A table that continues the strings of {@code base} and refers to those it has. */
    StringTable(Btf base) {
        firstOffset = base.stringLimit();
        for (int offset = 0; offset < firstOffset; ) {
            String text = base.string(offset);
            offsets.putIfAbsent(text, offset);
            offset += base.stringLength(offset) + 1;
        }
    }

    /**
     * The offset of {@code text}, which is added if it is new.
     *
     * @throws IllegalArgumentException if it contains a NUL
     */
    int offset(String text) {
        Integer known = offsets.get(text);
        if (known != null) {
            return known;
        }
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("BTF strings cannot contain NUL: " + text.replace("\0", "\\0"));
        }
        int offset = firstOffset + bytes.size();
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        bytes.write(0);
        offsets.put(text, offset);
        return offset;
    }

    /** The table as it stands in the section. */
    byte[] toByteArray() {
        return bytes.toByteArray();
    }
}
