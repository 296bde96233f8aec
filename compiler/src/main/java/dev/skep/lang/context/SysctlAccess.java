package dev.skep.lang.context;

import dev.skep.lang.Context;
import dev.skep.lang.KernelName;
import dev.skep.lang.Unsigned;

/** An access to a kernel parameter: {@code struct bpf_sysctl} of linux/bpf.h. */
@KernelName("bpf_sysctl")
public final class SysctlAccess extends Context {
    /** 1 if it is written, 0 if it is read. */
    @Unsigned
    public int write;

    /** Position in its file. */
    @Unsigned
    public int file_pos;
}
