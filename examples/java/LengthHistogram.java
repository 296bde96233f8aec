import static dev.skep.lang.context.TcAction.TC_ACT_OK;

import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import dev.skep.lang.context.SkBuff;
import dev.skep.lang.program.Tc;

/** How many packets there are of each size: 1 byte, 2 to 3, 4 to 7 and so on. */
public final class LengthHistogram {
    static final class Histogram extends Struct {
        @Length(32)
        long[] packets;
    }

    static final Histogram histogram = new Histogram();

    private LengthHistogram() {}

    @Tc
    static int measure(SkBuff packet) {
        histogram.packets[31 - Integer.numberOfLeadingZeros(packet.len | 1)]++;
        return TC_ACT_OK;
    }
}
