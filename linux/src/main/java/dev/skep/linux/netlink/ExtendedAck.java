package dev.skep.linux.netlink;

import java.util.OptionalInt;

/**
 * The kernel's verdict on a request: {@code struct nlmsgerr} with the attributes of {@code enum nlmsgerr_attrs}, which
 * say in words what is wrong.
 *
 * @param result 0 or a negative error number @param explanation in the kernel's words, or ""
 */
record ExtendedAck(int result, String explanation) {
    private static final int NLM_F_CAPPED = 0x100; // the request is not repeated behind its header
    private static final int NLM_F_ACK_TLVS = 0x200;
    private static final int NLMSGERR_ATTR_MSG = 1;
    private static final int NLMSGERR_ATTR_OFFS = 2;
    private static final int NLMSGERR_ATTR_MISS_TYPE = 5;
    private static final int FIXED_SIZE = 4 + NetlinkRequest.HEADER_SIZE; // error, header of the request

    /** @param message of type {@code NLMSG_ERROR} @throws HostException EBADMSG if it is too short for what it says */
    static ExtendedAck of(NetlinkMessage message) {
        int result = message.u32(0);
        if ((message.flags() & NLM_F_ACK_TLVS) == 0) {
            return new ExtendedAck(result, "");
        }
        int fixed = FIXED_SIZE;
        if ((message.flags() & NLM_F_CAPPED) == 0) {
            long repeated = Integer.toUnsignedLong(message.u32(4)) - NetlinkRequest.HEADER_SIZE;
            if (repeated < 0 || repeated > message.payload().length() - FIXED_SIZE) {
                throw Attributes.malformed("an error repeats " + repeated + " bytes of the request");
            }
            fixed += (int) repeated;
        }
        return new ExtendedAck(result, explanation(message.attributes(fixed)));
    }

    /** As for an end of a dump: {@code NLMSG_DONE} carries the result, then perhaps the same attributes. */
    static ExtendedAck ofDump(NetlinkMessage message) {
        if (message.payload().length() < Integer.BYTES) {
            return new ExtendedAck(0, "");
        }
        boolean explained = (message.flags() & NLM_F_ACK_TLVS) != 0;
        return new ExtendedAck(message.u32(0), explained ? explanation(message.attributes(Integer.BYTES)) : "");
    }

    private static String explanation(Attributes attributes) {
        StringBuilder words = new StringBuilder();
        attributes
                .text(NLMSGERR_ATTR_MSG)
                .ifPresent(text -> words.append("the kernel says: ").append(text));
        OptionalInt offset = attributes.number(NLMSGERR_ATTR_OFFS);
        if (offset.isPresent()) {
            words.append(" (at byte ").append(offset.getAsInt()).append(" of the request)");
        }
        OptionalInt missing = attributes.number(NLMSGERR_ATTR_MISS_TYPE);
        if (missing.isPresent()) {
            words.append(" (attribute ").append(missing.getAsInt()).append(" is missing)");
        }
        return words.toString().strip();
    }
}
