import static dev.skep.lang.context.XdpAction.XDP_DROP;
import static dev.skep.lang.context.XdpAction.XDP_PASS;

import dev.skep.lang.context.XdpContext;
import dev.skep.lang.program.Xdp;

/** Drops every third packet. */
public final class DropEveryThird {
    static long seen;
    static long dropped;

    private DropEveryThird() {}

    @Xdp
    static int drop(XdpContext context) {
        seen++;
        if (seen % 3 == 0) {
            dropped++;
            return XDP_DROP;
        }
        return XDP_PASS;
    }
}
