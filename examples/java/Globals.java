import static dev.skep.lang.context.XdpAction.XDP_DROP;
import static dev.skep.lang.context.XdpAction.XDP_PASS;

import dev.skep.lang.Configurable;
import dev.skep.lang.Struct;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.program.Xdp;

/** Static fields of all kinds: a number that changes, one that is set before loading, a constant, and a struct. */
public final class Globals {
    /** The longest and the shortest packet so far. */
    static final class Extremes extends Struct {
        int longest;
        int shortest;
    }

    /** Counts up: {@code .bss}. */
    static long packets;

    /** Starts at another number than 0: {@code .data}. */
    static long budget = 100_000;

    /** May be set before the program is loaded, and is a constant from then on: {@code .rodata}. */
    @Configurable
    static int limit = 1500;

    /** A struct of its own. */
    static final Extremes extremes = new Extremes();

    /** Compiled into the instructions. */
    private static final int HEADER = 14;

    private Globals() {}

    @Xdp
    static int measure(XdpContext context) {
        int length = context.length() - HEADER;
        packets++;
        extremes.longest = Math.max(extremes.longest, length);
        extremes.shortest = packets == 1 ? length : Math.min(extremes.shortest, length);
        if (length > limit || budget < length) {
            return XDP_DROP;
        }
        budget -= length;
        return XDP_PASS;
    }
}
