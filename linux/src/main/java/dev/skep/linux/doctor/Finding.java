package dev.skep.linux.doctor;

/** All that the doctor looks at. */
public enum Finding {
    /** Whether bpf(2) works at all. */
    BPF_SYSTEM_CALL("bpf(2)"),
    /** Whether the kernel is new enough. */
    KERNEL_RELEASE("kernel release"),
    /** The capabilities of this process. */
    CAPABILITIES("capabilities"),
    /** A user namespace, in which capabilities do not count. */
    USER_NAMESPACE("user namespace"),
    /** A filter of system calls, as containers have. */
    SECCOMP("seccomp"),
    /** {@code kernel.unprivileged_bpf_disabled}. */
    UNPRIVILEGED_BPF("unprivileged bpf"),
    /** The kernel's lockdown. */
    LOCKDOWN("lockdown"),
    /** Whether security programs can be attached. */
    BPF_LSM("BPF LSM"),
    /** The bpf file system, for pins. */
    BPFFS("bpffs"),
    /** The tracing file system, for tracepoints, kprobes, uprobes. */
    TRACEFS("tracefs"),
    /** The control group file system, version 2. */
    CGROUP2("cgroup2"),
    /** The kernel's types, for CO-RE and more. */
    KERNEL_TYPES("kernel types"),
    /** A function of the kernel that its types do not have. */
    KERNEL_FUNCTION("kernel function"),
    /** The compiler of programs. */
    JIT("JIT"),
    /** What the kernel was built with. */
    KERNEL_OPTIONS("kernel options"),
    /** {@code RLIMIT_MEMLOCK}, which limits maps before Linux 5.11. */
    MEMORY_LOCK("locked memory"),
    /** {@code RLIMIT_NOFILE}. */
    OPEN_FILES("open files"),
    /** The control group's memory limit, to which maps are charged. */
    MEMORY_LIMIT("memory limit"),
    /** {@code kernel.perf_event_paranoid}. */
    PERF_EVENT_PARANOID("perf events"),
    /** {@code kernel.kptr_restrict}. */
    KERNEL_ADDRESSES("kernel addresses"),
    /** The request is larger or longer than the kernel takes. */
    TOO_LARGE("size"),
    /** The kernel lacks what was asked for. */
    MISSING_FEATURE("feature"),
    /** The kernel refuses what this process has every right to, as far as can be seen. */
    KERNEL_POLICY("kernel policy");

    private final String title;

    Finding(String title) {
        this.title = title;
    }

    /** A few words for people. */
    public String title() {
        return title;
    }
}
