package dev.skep.linux.netlink;

import dev.skep.object.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A message from the kernel.
 *
 * @param type {@code RTM_*} or {@code NLMSG_*} @param flags {@code NLM_F_*} @param sequence of the request it answers
 * @param payload what follows {@code struct nlmsghdr}
 */
public record NetlinkMessage(int type, int flags, int sequence, Bytes payload) {
    /** {@code NLMSG_ERROR}, {@code NLMSG_DONE} of linux/netlink.h. */
    static final int ERROR = 2;

    static final int DONE = 3;

    /** {@code NLM_F_DUMP_INTR}: things changed while they were listed. */
    static final int DUMP_INTERRUPTED = 0x10;

    /**
     * The messages of one datagram.
     *
     * @throws dev.skep.object.host.HostException EBADMSG if a length does not fit
     */
    static List<NetlinkMessage> parse(Bytes datagram) {
        ByteBuffer bytes = ByteBuffer.wrap(datagram.toArray()).order(ByteOrder.nativeOrder());
        List<NetlinkMessage> messages = new ArrayList<>();
        int offset = 0;
        while (bytes.limit() - offset >= NetlinkRequest.HEADER_SIZE) {
            int length = bytes.getInt(offset);
            if (length < NetlinkRequest.HEADER_SIZE || length > bytes.limit() - offset) {
                throw Attributes.malformed("the message at byte " + offset + " claims " + Integer.toUnsignedLong(length)
                        + " of the " + (bytes.limit() - offset) + " bytes left");
            }
            messages.add(new NetlinkMessage(
                    Short.toUnsignedInt(bytes.getShort(offset + 4)),
                    Short.toUnsignedInt(bytes.getShort(offset + 6)),
                    bytes.getInt(offset + 8),
                    datagram.slice(offset + NetlinkRequest.HEADER_SIZE, length - NetlinkRequest.HEADER_SIZE)));
            offset += NetlinkRequest.aligned(length);
        }
        return messages;
    }

    /** Four bytes of the fixed part. @throws dev.skep.object.host.HostException EBADMSG if the message is too short */
    public int u32(int offset) {
        if (payload.length() < offset + Integer.BYTES) {
            throw Attributes.malformed("message " + type + " has " + payload.length() + " bytes");
        }
        return ByteBuffer.wrap(payload.toArray()).order(ByteOrder.nativeOrder()).getInt(offset);
    }

    /** The attributes behind a fixed part of {@code fixedSize} bytes. */
    public Attributes attributes(int fixedSize) {
        int start = Math.min(NetlinkRequest.aligned(fixedSize), payload.length());
        return Attributes.parse(payload.slice(start, payload.length() - start));
    }
}
