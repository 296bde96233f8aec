package dev.skep.lang.map;

import dev.skep.lang.Helper;
import dev.skep.lang.NotInJavaException;

/**
 * Processors by their numbers, to go on with packets there. Since Linux 4.15.
 */
@MapKind("CPUMAP")
public final class CpuMap extends BpfMap {
    /** A map. @param maxEntries how many numbers there are, a constant */
    public CpuMap(int maxEntries) {
        super(maxEntries);
    }

    /**
     * Sends the packet to the processor of a number; an XDP program returns this result.
     *
     * @param flags what to return if there is none at the number: {@code XDP_ABORTED} to {@code XDP_TX} in the lowest bits
     */
    @Helper("REDIRECT_MAP")
    public int redirect(int index, long flags) {
        throw new NotInJavaException("redirect");
    }
}
