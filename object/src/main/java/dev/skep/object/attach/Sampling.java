package dev.skep.object.attach;

/**
 * How often a performance event runs its program.
 *
 * @param value at least 1: every so many events, or so many times a second @param isFrequency which of the two
 */
public record Sampling(long value, boolean isFrequency) {
    public Sampling {
        if (value < 1) {
            throw new IllegalArgumentException("sampling needs a number of at least 1, not " + value);
        }
    }

    /** Each time so many events have happened; for a clock, nanoseconds. */
    public static Sampling every(long events) {
        return new Sampling(events, false);
    }

    /** About so many times a second ({@code perf_event_max_sample_rate} is the limit). */
    public static Sampling hertz(long times) {
        return new Sampling(times, true);
    }

    /** In words: {@code at 99 Hz}. */
    public String describe() {
        return isFrequency ? "at " + value + " Hz" : "every " + value;
    }
}
