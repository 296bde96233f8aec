package dev.skep.object.attach;

import java.util.Locale;

/** Which way packets go past an interface. */
public enum Direction {
    /** Into the machine. */
    INGRESS,
    /** Out of it. */
    EGRESS;

    /** {@code ingress} or {@code egress}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
