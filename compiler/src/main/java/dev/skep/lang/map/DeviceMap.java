package dev.skep.lang.map;

import dev.skep.lang.Helper;
import dev.skep.lang.NotInJavaException;

/**
 * Network interfaces by numbers, to send packets out of. Since Linux 4.14.
 */
@MapKind("DEVMAP")
public final class DeviceMap extends BpfMap {
    /** A map. @param maxEntries how many numbers there are, a constant */
    public DeviceMap(int maxEntries) {
        super(maxEntries);
    }

    /**
     * Sends the packet out of the interface at a number; an XDP program returns this result.
     *
     * @param flags what to return if there is none at the number: {@code XDP_ABORTED} to {@code XDP_TX} in the lowest bits
     */
    @Helper("REDIRECT_MAP")
    public int redirect(int index, long flags) {
        throw new NotInJavaException("redirect");
    }
}
