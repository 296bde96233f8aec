package dev.skep.lang.context;

import dev.skep.lang.Context;
import dev.skep.lang.KernelName;
import dev.skep.lang.Length;
import dev.skep.lang.Unsigned;

/** A sample: {@code struct bpf_perf_event_data} of linux/bpf_perf_event.h, on x86-64. */
@KernelName("bpf_perf_event_data")
@SuppressWarnings("NullAway.Init") // arrays lie inside the struct, where they are from the start
public final class PerfEventData extends Context {
    @Length(21)
    long[] registers;
    /** Every so many events a sample is taken. */
    @Unsigned
    public long sample_period;

    /** The address that the sample is about, 0 if none. */
    @Unsigned
    public long addr;
}
