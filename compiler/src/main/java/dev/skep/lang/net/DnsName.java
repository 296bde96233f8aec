package dev.skep.lang.net;

import dev.skep.lang.KernelName;
import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;
import dev.skep.lang.context.PacketContext;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A domain name of up to 62 characters, as it is in a question of a DNS message but in lower case: each label after a byte with its
 * length, zeros behind the last. Good as a key of a map.
 */
public final class DnsName extends Struct {
    /** Bytes that there is room for, the zero at the end included. */
    public static final int BYTES = 64;

    private static final int LONGEST_LABEL = 63;

    /** Lengths and labels. */
    @Length(BYTES)
    @Unsigned
    public byte[] bytes = new byte[BYTES];

    /** The root's name: no labels. */
    public DnsName() {}

    /** A byte of the message. */
    @KernelName("skep_dns_byte")
    private static final class Part extends Struct {
        @Unsigned
        byte value;
    }

    /**
     * Takes a name from a question. The rest of this has to be zeros before, as in a new one.
     *
     * @param offset of its first byte
     * @return the offset of what follows the name; -1 if it is too long, or refers to another name (which none in a question does), or
     *     the packet ends before
     */
    public int read(PacketContext packet, int offset) {
        int rest = 0;
        for (int i = 0; i < BYTES; i++) {
            Part part = packet.packet(offset + i, Part.class);
            if (part == null) {
                return -1;
            }
            int value = part.value;
            if (rest == 0) {
                if (value == 0) {
                    return offset + i + 1;
                }
                if (value > LONGEST_LABEL) {
                    return -1;
                }
                rest = value;
            } else {
                rest--;
                value = lowerCase(value);
            }
            bytes[i] = (byte) value;
        }
        return -1;
    }

    /** Without a branch, which a verifier would follow both ways in each round of the loop. */
    private static int lowerCase(int character) {
        int upper = (('A' - 1 - character) & (character - ('Z' + 1))) >>> 31;
        return character + upper * ('a' - 'A');
    }

    /**
     * A name from text, in user space. Letters beyond ASCII have to be encoded before ({@code java.net.IDN}).
     *
     * @param text {@code www.example.org}
     * @throws IllegalArgumentException if it is too long, or has a label that is empty or longer than 63 characters
     */
    public static DnsName parse(String text) {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        for (String label :
                name.isEmpty() ? new String[0] : name.toLowerCase(Locale.ROOT).split("\\.", -1)) {
            byte[] characters = label.getBytes(StandardCharsets.US_ASCII);
            if (characters.length == 0 || characters.length > LONGEST_LABEL) {
                throw new IllegalArgumentException(text + ": a label has 1 to 63 characters");
            }
            encoded.write(characters.length);
            encoded.writeBytes(characters);
        }
        if (encoded.size() >= BYTES) {
            throw new IllegalArgumentException(text + " is longer than the 62 characters that there is room for");
        }
        DnsName parsed = new DnsName();
        System.arraycopy(encoded.toByteArray(), 0, parsed.bytes, 0, encoded.size());
        return parsed;
    }

    /** As text, in user space: {@code www.example.org}; {@code .} for the root. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < BYTES && bytes[at] != 0; at += bytes[at] + 1) {
            text.append(text.isEmpty() ? "" : ".")
                    .append(new String(bytes, at + 1, Math.min(bytes[at], BYTES - at - 1), StandardCharsets.US_ASCII));
        }
        return text.isEmpty() ? "." : text.toString();
    }
}
