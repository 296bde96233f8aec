package dev.skep.lang.map;

import dev.skep.lang.Helper;
import dev.skep.lang.NotInJavaException;

/**
 * Sockets of the family AF_XDP by numbers, such as the queue's, to hand packets to user space. Since Linux 4.18.
 */
@MapKind("XSKMAP")
public final class XskMap extends BpfMap {
    /** A map. @param maxEntries how many numbers there are, a constant */
    public XskMap(int maxEntries) {
        super(maxEntries);
    }

    /**
     * Sends the packet to the socket at a number; an XDP program returns this result.
     *
     * @param flags what to return if there is none at the number: {@code XDP_ABORTED} to {@code XDP_TX} in the lowest bits
     */
    @Helper("REDIRECT_MAP")
    public int redirect(int index, long flags) {
        throw new NotInJavaException("redirect");
    }
}
