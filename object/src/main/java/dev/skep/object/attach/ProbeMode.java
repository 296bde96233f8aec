package dev.skep.object.attach;

/**
 * How the kernel is asked to run a program at a probe: the newest way is the best, the older ones are for older
 * kernels.
 */
public enum ProbeMode {
    /** The best one the kernel has. */
    ANY,
    /** A probe made by perf_event_open(2), held by a link of bpf(2) (Linux 5.15). */
    LINK,
    /**
     * A probe made by perf_event_open(2), the program set on it by ioctl(2) (Linux 4.17); it has no cookie and no pin.
     */
    PERF,
    /** An event written into tracefs (Linux 4.1); removed when the link closes. */
    TRACEFS
}
