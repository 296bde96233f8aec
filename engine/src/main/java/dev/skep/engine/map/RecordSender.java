package dev.skep.engine.map;

/**
 * What programs do with one ring buffer, with all it needs in records, as {@link ElementLookup} has it. Valid while its map lives, and
 * to be used during a program's run only.
 */
public sealed interface RecordSender permits RingBufferSender {
    /**
     * {@code bpf_ringbuf_reserve}: room for a record of {@code size} bytes, to be given to {@link #submit} or {@link
     * #discard}. What it holds is whatever was there before.
     *
     * @return the address of the record, 8-byte aligned; 0 if there is no room (which counts as a lost record) or {@code
     *     flags} is not 0
     */
    long reserve(long size, long flags);

    /**
     * {@code bpf_ringbuf_submit}: the reader gets the record.
     *
     * @param flags {@link RingBufferMap#NO_WAKEUP}, {@link RingBufferMap#FORCE_WAKEUP} or 0
     */
    void submit(long record, long flags);

    /** {@code bpf_ringbuf_discard}: nobody gets the record. @param flags as for {@link #submit} */
    void discard(long record, long flags);

    /** {@code bpf_ringbuf_output}: reserves, copies and submits. @return 0, EAGAIN if there is no room, EINVAL for bad flags */
    long output(long data, long size, long flags);
}
