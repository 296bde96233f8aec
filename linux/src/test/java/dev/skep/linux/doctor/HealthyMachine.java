package dev.skep.linux.doctor;

import dev.skep.linux.machine.DescribedMachine;
import java.nio.file.Path;

/** A machine on which the doctor finds nothing, for tests to spoil in one place. */
final class HealthyMachine {
    static final String ALL_CAPABILITIES = "000001ffffffffff";

    private HealthyMachine() {}

    static DescribedMachine in(Path root) {
        return new DescribedMachine(root)
                .with("/proc/sys/kernel/osrelease", "6.12.9\n")
                .with("/proc/sys/kernel/unprivileged_bpf_disabled", "2\n")
                .with("/proc/sys/kernel/perf_event_paranoid", "2\n")
                .with("/proc/sys/kernel/kptr_restrict", "1\n")
                .with("/proc/sys/net/core/bpf_jit_enable", "1\n")
                .with("/proc/self/status", status(ALL_CAPABILITIES, ALL_CAPABILITIES, 0))
                .with("/proc/self/uid_map", "         0          0 4294967295\n")
                .with("/proc/self/cgroup", "0::/user.slice\n")
                .with("/proc/self/mountinfo", """
                        30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw
                        31 23 0:27 / /sys/fs/bpf rw,nosuid shared:10 - bpf bpf rw,mode=700
                        34 23 0:12 / /sys/kernel/tracing rw shared:13 master:1 - tracefs tracefs rw
                        """)
                .with("/proc/self/limits", limits("8388608"))
                .with("/sys/kernel/security/lockdown", "[none] integrity confidentiality\n")
                .with("/sys/kernel/security/lsm", "lockdown,capability,landlock,bpf")
                .with("/sys/kernel/btf/vmlinux", "types")
                .with("/boot/config-6.12.9", configuration());
    }

    static String status(String effective, String bounding, int seccomp) {
        return "Name:\tjava\nCapEff:\t" + effective + "\nCapBnd:\t" + bounding + "\nSeccomp:\t" + seccomp + "\n";
    }

    static String limits(String lockedMemory) {
        return """
                Limit                     Soft Limit           Hard Limit           Units
                Max open files            1024                 524288               files
                Max locked memory         %-20s 8388608              bytes
                Max realtime timeout      unlimited            unlimited            us
                """.formatted(lockedMemory);
    }

    private static String configuration() {
        return """
                CONFIG_BPF_SYSCALL=y
                CONFIG_BPF_JIT=y
                CONFIG_CGROUP_BPF=y
                CONFIG_BPF_EVENTS=y
                CONFIG_PERF_EVENTS=y
                CONFIG_KPROBE_EVENTS=y
                CONFIG_UPROBE_EVENTS=y
                CONFIG_FPROBE=y
                CONFIG_FTRACE_SYSCALLS=y
                CONFIG_DYNAMIC_FTRACE_WITH_DIRECT_CALLS=y
                CONFIG_BPF_LSM=y
                CONFIG_XDP_SOCKETS=y
                CONFIG_NET_CLS_BPF=m
                CONFIG_NET_SCH_INGRESS=m
                CONFIG_DEBUG_INFO_BTF=y
                CONFIG_FUNCTION_TRACER=y
                """;
    }
}
