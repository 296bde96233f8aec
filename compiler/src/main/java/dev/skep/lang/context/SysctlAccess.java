package dev.skep.lang.context;

import dev.skep.lang.Context;
import dev.skep.lang.Helper;
import dev.skep.lang.KernelName;
import dev.skep.lang.NotInJavaException;
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

    /**
     * Copies the parameter's name. @param flags 1 for its last part alone ({@code BPF_F_SYSCTL_BASE_NAME})
     * @return its length, or a negative error number
     */
    @Helper("SYSCTL_GET_NAME")
    public int name(byte[] target, long flags) {
        throw new NotInJavaException("name");
    }

    /** Copies the value it has, as text. @return its length, or a negative error number */
    @Helper("SYSCTL_GET_CURRENT_VALUE")
    public int currentValue(byte[] target) {
        throw new NotInJavaException("currentValue");
    }

    /** Copies the value that is written. @return its length, or a negative error number */
    @Helper("SYSCTL_GET_NEW_VALUE")
    public int newValue(byte[] target) {
        throw new NotInJavaException("newValue");
    }

    /** Writes another value in its place. @return 0, or a negative error number */
    @Helper("SYSCTL_SET_NEW_VALUE")
    public int setNewValue(byte[] value) {
        throw new NotInJavaException("setNewValue");
    }
}
