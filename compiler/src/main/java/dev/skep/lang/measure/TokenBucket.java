package dev.skep.lang.measure;

import dev.skep.lang.Struct;

/**
 * Limits a rate: a bucket that tokens drip into until it is full. Kept as the time at which it will be full again, so that nothing is
 * divided and a zeroed bucket is a full one (the "virtual scheduling" form of the generic cell rate algorithm, ITU-T I.371).
 *
 * <p>For a bucket for each of many, use it as the value of a {@code LruHashMap}. Two processors that take from one bucket at the same
 * time may both get the last token.
 */
public final class TokenBucket extends Struct {
    /** When it is full again, in nanoseconds of the clock that it is used with. */
    public long full;

    /** A full bucket. */
    public TokenBucket() {}

    /**
     * Takes tokens if there are as many.
     *
     * @param now nanoseconds of a clock that never goes back: {@code Bpf.ktimeGetNs()}
     * @param tokens how many; for a limit of bytes the length of a packet
     * @param interval nanoseconds in which a token drips in: 1,000,000,000 divided by how many shall pass in a second
     * @param room how many tokens the full bucket has; times {@code interval} it has to be less than 2 to the 63
     */
    public boolean take(long now, long tokens, long interval, long room) {
        long after = Math.max(full, now) + tokens * interval;
        if (after - now > room * interval) {
            return false;
        }
        full = after;
        return true;
    }
}
