package dev.skep.lang.context;

import dev.skep.lang.Context;
import dev.skep.lang.KernelName;
import dev.skep.lang.Unsigned;

/** An access to a device: {@code struct bpf_cgroup_dev_ctx} of linux/bpf.h. */
@KernelName("bpf_cgroup_dev_ctx")
public final class DeviceAccess extends Context {
    /** What is done in the upper 16 bits ({@code BPF_DEVCG_ACC_*}), the kind of device in the lower ({@code BPF_DEVCG_DEV_*}). */
    @Unsigned
    public int access_type;

    /** The device's major number. */
    @Unsigned
    public int major;

    /** The device's minor number. */
    @Unsigned
    public int minor;
}
