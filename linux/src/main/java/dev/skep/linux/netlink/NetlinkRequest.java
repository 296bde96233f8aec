package dev.skep.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A message to the kernel: {@code struct nlmsghdr}, a fixed part, then attributes ({@code struct nlattr}), which may
 * nest. Numbers are in the machine's byte order, everything is aligned to 4 bytes.
 *
 * <pre>{@code
 * NetlinkRequest request = new NetlinkRequest(RTM_GETLINK, 0)
 *         .u8(AF_UNSPEC).zeros(15)                 // struct ifinfomsg
 *         .attribute(IFLA_IFNAME, "eth0");
 * }</pre>
 */
public final class NetlinkRequest {
    static final int HEADER_SIZE = 16; // struct nlmsghdr
    static final int ATTRIBUTE_HEADER_SIZE = 4; // struct nlattr
    private static final int NLA_F_NESTED = 1 << 15;
    private static final int MAX_ATTRIBUTE = 0xffff;

    private final int flags;
    private byte[] bytes = new byte[256];
    private int size = HEADER_SIZE;

    /** @param type {@code RTM_*} @param flags {@code NLM_F_*}; what every request needs is added on sending */
    public NetlinkRequest(int type, int flags) {
        this.flags = flags;
        view().putShort(4, (short) type);
    }

    /** Appends a byte of the fixed part. */
    public NetlinkRequest u8(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
        return this;
    }

    /** Appends two bytes of the fixed part. */
    public NetlinkRequest u16(int value) {
        reserve(2);
        view().putShort(size, (short) value);
        size += 2;
        return this;
    }

    /** Appends four bytes of the fixed part. */
    public NetlinkRequest u32(int value) {
        reserve(4);
        view().putInt(size, value);
        size += 4;
        return this;
    }

    /** Appends zero bytes to the fixed part. */
    public NetlinkRequest zeros(int count) {
        reserve(count);
        size += count;
        return this;
    }

    /** Appends an attribute of four bytes. */
    public NetlinkRequest attribute(int type, int value) {
        int start = begin(type);
        u32(value);
        return end(start);
    }

    /** Appends a text with its zero byte. */
    public NetlinkRequest attribute(int type, String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        return attribute(type, Arrays.copyOf(encoded, encoded.length + 1));
    }

    /** Appends an attribute of any bytes. */
    public NetlinkRequest attribute(int type, byte[] value) {
        int start = begin(type);
        reserve(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return end(start);
    }

    /** Appends an attribute that holds what {@code content} appends. */
    public NetlinkRequest nested(int type, Consumer<NetlinkRequest> content) {
        int start = begin(type | NLA_F_NESTED);
        content.accept(this);
        return end(start);
    }

    private int begin(int type) {
        reserve(ATTRIBUTE_HEADER_SIZE);
        int start = size;
        view().putShort(start + 2, (short) type);
        size += ATTRIBUTE_HEADER_SIZE;
        return start;
    }

    private NetlinkRequest end(int start) {
        int length = size - start;
        if (length > MAX_ATTRIBUTE) {
            throw new IllegalArgumentException(
                    "an attribute of " + length + " bytes; netlink's hold up to " + MAX_ATTRIBUTE);
        }
        view().putShort(start, (short) length);
        return zeros(aligned(length) - length);
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    private ByteBuffer view() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }

    /** The whole message. */
    byte[] encode(int moreFlags, int sequence) {
        view().putInt(0, size).putShort(6, (short) (flags | moreFlags)).putInt(8, sequence);
        return Arrays.copyOf(bytes, size);
    }

    /** Rounded up to where the next part starts: {@code NLMSG_ALIGN}, {@code NLA_ALIGN}. */
    static int aligned(int length) {
        return (length + 3) & ~3;
    }
}
