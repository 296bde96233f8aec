package dev.skep.lang;

import dev.skep.lang.map.KeyedMap;
import java.util.function.BiConsumer;

/**
 * A timer: a field of a map's value, each value with one of its own (Linux 5.15). The map is a hash map or an array, not one per CPU.
 * What is put into the map leaves timers as they are; an entry that is deleted has its timer cancelled.
 *
 * <pre>{@code
 * Session session = sessions.lookup(key);
 * if (session != null && session.timer.initialize(sessions) == 0) {
 *     session.timer.setCallback(sessions, (ended, value) -> sessions.delete(ended));
 *     session.timer.start(30_000_000_000L);
 * }
 * }</pre>
 */
@KernelName("bpf_timer")
public final class Timer extends Struct {
    @Length(2)
    @SuppressWarnings("unused") // the kernel's; it gives this struct its size
    private long[] opaque = new long[2];

    /** A place for one. Programs need none of their own: it comes with the map's value. */
    public Timer() {}

    /**
     * To be called once, by the first program that finds the value. It runs by the monotonic clock.
     *
     * @param map the one that the value is in
     * @return 0, or a negative error number: -16 (EBUSY) if it was initialized before
     */
    public int initialize(KeyedMap<?, ?> map) {
        throw new NotInJavaException("initialize");
    }

    /**
     * Says what is called with key and value once the time is over. The lambda expression captures nothing: it runs when this
     * program has ended.
     *
     * @param map the one that the value is in
     * @return 0, or a negative error number: -22 (EINVAL) if it is not initialized
     */
    public <K, V> int setCallback(KeyedMap<K, V> map, BiConsumer<? super K, ? super V> callback) {
        throw new NotInJavaException("setCallback");
    }

    /** Lets it run, from the start if it runs already. @return 0, or a negative error number: -22 (EINVAL) if nothing is to be called */
    public int start(long nanoseconds) {
        throw new NotInJavaException("start");
    }

    /** Lets it run until a time of {@link Bpf#ktimeGetNs} (Linux 6.4). @return as {@link #start} */
    public int startUntil(long nanoseconds) {
        throw new NotInJavaException("startUntil");
    }

    /** Stops it. @return 1 if it ran, 0 if not, or a negative error number: -35 (EDEADLK) within its own callback */
    public int cancel() {
        throw new NotInJavaException("cancel");
    }
}
