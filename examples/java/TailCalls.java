import static dev.skep.lang.context.XdpAction.XDP_DROP;
import static dev.skep.lang.context.XdpAction.XDP_PASS;

import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.ProgramArray;
import dev.skep.lang.net.Ethernet;
import dev.skep.lang.program.Xdp;

/** Goes on with another program for each protocol; user space decides with which. */
public final class TailCalls {
    private static final int IPV4 = 0;
    private static final int OTHERS = 1;

    static final ProgramArray next = new ProgramArray(2);

    static long withoutProgram;

    private TailCalls() {}

    @Xdp
    static int entry(XdpContext context) {
        Ethernet ethernet = context.packet(0, Ethernet.class);
        if (ethernet == null) {
            return XDP_DROP;
        }
        next.call(context, ethernet.protocol == Ethernet.IPV4 ? IPV4 : OTHERS);
        withoutProgram++;
        return XDP_PASS;
    }

    @Xdp
    static int dropped(XdpContext context) {
        return XDP_DROP;
    }
}
