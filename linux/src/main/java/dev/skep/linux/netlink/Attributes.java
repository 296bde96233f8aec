package dev.skep.linux.netlink;

import dev.skep.object.Bytes;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The attributes of a message or of an attribute that nests others, by type; of several of one type the last counts. No
 * length is believed before it has been checked against what is there.
 */
public final class Attributes {
    private static final int NLA_TYPE_MASK = 0x3fff; // without NLA_F_NESTED and NLA_F_NET_BYTEORDER

    private final Map<Integer, Bytes> values;

    private Attributes(Map<Integer, Bytes> values) {
        this.values = values;
    }

    /**
     * Reads attributes one after the other up to the end.
     *
     * @throws HostException EBADMSG if a length does not fit
     */
    public static Attributes parse(Bytes encoded) {
        ByteBuffer bytes = ByteBuffer.wrap(encoded.toArray()).order(ByteOrder.nativeOrder());
        Map<Integer, Bytes> values = new HashMap<>();
        int offset = 0;
        // What is left at the end and is too short for an attribute is padding.
        while (bytes.limit() - offset >= NetlinkRequest.ATTRIBUTE_HEADER_SIZE) {
            int length = Short.toUnsignedInt(bytes.getShort(offset));
            int type = Short.toUnsignedInt(bytes.getShort(offset + 2)) & NLA_TYPE_MASK;
            if (length < NetlinkRequest.ATTRIBUTE_HEADER_SIZE || length > bytes.limit() - offset) {
                throw malformed("attribute " + type + " at byte " + offset + " claims " + length + " of the "
                        + (bytes.limit() - offset) + " bytes left");
            }
            int header = NetlinkRequest.ATTRIBUTE_HEADER_SIZE;
            values.put(type, encoded.slice(offset + header, length - header));
            offset += NetlinkRequest.aligned(length);
        }
        return new Attributes(values);
    }

    static HostException malformed(String problem) {
        return new HostException(Errno.EBADMSG, "a malformed netlink answer: " + problem);
    }

    /** Whether there is one of this type. */
    public boolean has(int type) {
        return values.containsKey(type);
    }

    /** The bytes of an attribute. */
    public Optional<Bytes> bytes(int type) {
        return Optional.ofNullable(values.get(type));
    }

    /** A number of 1 or 4 bytes. @throws HostException EBADMSG if it has another size */
    public OptionalInt number(int type) {
        Bytes value = values.get(type);
        if (value == null) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(
                switch (value.length()) {
                    case 1 -> Byte.toUnsignedInt(value.at(0));
                    case 4 ->
                        ByteBuffer.wrap(value.toArray())
                                .order(ByteOrder.nativeOrder())
                                .getInt();
                    default -> throw malformed("attribute " + type + " is a number of " + value.length() + " bytes");
                });
    }

    /** A text, up to its zero byte or the end. */
    public Optional<String> text(int type) {
        return bytes(type).map(value -> {
            byte[] content = value.toArray();
            int end = 0;
            while (end < content.length && content[end] != 0) {
                end++;
            }
            return new String(content, 0, end, StandardCharsets.UTF_8);
        });
    }

    /** The attributes within one; empty if it is not there. @throws HostException EBADMSG if a length does not fit */
    public Attributes nested(int type) {
        return parse(bytes(type).orElse(Bytes.EMPTY));
    }
}
