package dev.skep.cli.input;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes written as hexadecimal digits, two for each, with any white space between bytes. */
public final class HexBytes {
    private HexBytes() {}

    /**
     * The bytes that {@code text} writes.
     *
     * @param where what holds the text, for messages; offsets count characters
     * @throws InputException at a character that is no digit, or if a digit is missing
     */
    public static byte[] parse(String text, Location where) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int high = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c) && high < 0) {
                continue;
            }
            int digit = Character.digit(c, 16);
            if (high >= 0 && Character.isWhitespace(c)) {
                throw halfByte(where.at(i));
            }
            if (digit < 0 || c > 'f') {
                throw new InputException(
                        where.at(i),
                        "'" + printable(c) + "' is no hexadecimal digit",
                        "bytes are written with two digits each, such as b7 00 00 00 2a 00 00 00");
            }
            if (high < 0) {
                high = digit;
            } else {
                bytes.write((high << 4) | digit);
                high = -1;
            }
        }
        if (high >= 0) {
            throw halfByte(where.at(text.length()));
        }
        return bytes.toByteArray();
    }

    private static InputException halfByte(Location where) {
        return new InputException(
                where, "a byte has one hexadecimal digit only", "two are needed; is something cut off?");
    }

    /** As {@link #parse(String, Location)}, from ASCII text. */
    public static byte[] parse(byte[] text, Location where) {
        return parse(new String(text, StandardCharsets.ISO_8859_1), where);
    }

    /** True if {@code content} can only be hexadecimal text: ASCII digits and white space, at least one digit. */
    public static boolean looksLike(byte[] content) {
        boolean digits = false;
        for (byte b : content) {
            boolean digit = Character.digit(b, 16) >= 0;
            digits |= digit;
            if (!digit && !Character.isWhitespace(b)) {
                return false;
            }
        }
        return digits;
    }

    private static String printable(char c) {
        return c >= ' ' && c < 0x7f ? String.valueOf(c) : "\\x%02x".formatted((int) c);
    }
}
