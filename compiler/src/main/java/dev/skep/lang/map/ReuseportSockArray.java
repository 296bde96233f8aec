package dev.skep.lang.map;

import dev.skep.lang.Helper;
import dev.skep.lang.NotInJavaException;
import dev.skep.lang.context.ReuseportContext;

/**
 * Sockets that share a port, by numbers; user space puts them in. Since Linux 4.19.
 */
@MapKind("REUSEPORT_SOCKARRAY")
public final class ReuseportSockArray extends BpfMap {
    /** A map. @param maxEntries how many numbers there are, a constant */
    public ReuseportSockArray(int maxEntries) {
        super(maxEntries);
    }

    /** Lets the socket at a number have the packet. @return 0, or a negative error number if there is none */
    @Helper(value = "SK_SELECT_REUSEPORT", receiver = 1, sizes = false)
    public int select(ReuseportContext context, Integer index, long flags) {
        throw new NotInJavaException("select");
    }
}
