package dev.skep.engine;

import java.time.Instant;

/** The clocks BPF helpers read, in nanoseconds. Tests give one that stands still. */
public interface KernelClock {
    /** {@code CLOCK_TAI} was this much ahead of UTC in 2017 and has been since. */
    long TAI_OFFSET_NANOS = 37_000_000_000L;

    /** The machine's clocks. On Linux, {@code System.nanoTime} reads {@code CLOCK_MONOTONIC}. */
    KernelClock SYSTEM = new KernelClock() {
        @Override
        public long monotonic() {
            return System.nanoTime();
        }

        @Override
        public long realTime() {
            Instant now = Instant.now();
            return now.getEpochSecond() * 1_000_000_000L + now.getNano();
        }
    };

    /** Clocks that stand at {@code monotonic} and {@code realTime}. */
    static KernelClock fixed(long monotonic, long realTime) {
        return new KernelClock() {
            @Override
            public long monotonic() {
                return monotonic;
            }

            @Override
            public long realTime() {
                return realTime;
            }
        };
    }

    /** {@code bpf_ktime_get_ns}, {@code bpf_ktime_get_coarse_ns}: {@code CLOCK_MONOTONIC}. */
    long monotonic();

    /** Nanoseconds since 1970 UTC: {@code CLOCK_REALTIME}. */
    long realTime();

    /** {@code bpf_ktime_get_boot_ns}: a machine that never sleeps has {@link #monotonic}. */
    default long boot() {
        return monotonic();
    }

    /** {@code bpf_ktime_get_tai_ns}. */
    default long tai() {
        return realTime() + TAI_OFFSET_NANOS;
    }

    /** {@code bpf_jiffies64}, at 250 a second. */
    default long jiffies() {
        return monotonic() / 4_000_000;
    }
}
