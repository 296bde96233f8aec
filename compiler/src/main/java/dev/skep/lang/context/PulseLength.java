package dev.skep.lang.context;

import dev.skep.lang.Context;
import dev.skep.lang.Unsigned;

/** What an infrared receiver measured: a {@code LIRC_MODE2_*} value of linux/lirc.h. */
public final class PulseLength extends Context {
    /** Microseconds in the lower 24 bits; what was so long in the upper 8. */
    @Unsigned
    public int value;
}
