package dev.skep.linux.feature;

import dev.skep.linux.machine.MachineFiles;
import java.util.Map;
import java.util.Optional;

/** Settings of the running kernel that BPF heeds: files below /proc/sys (Documentation/admin-guide/sysctl/net.rst, kernel.rst). */
public enum KernelParameter {
    UNPRIVILEGED_BPF_DISABLED(
            "kernel/unprivileged_bpf_disabled",
            Map.of(
                    0L, "ordinary users may use bpf(2) for socket filters",
                    1L, "only privileged users may use bpf(2), until the next boot",
                    2L, "only privileged users may use bpf(2)")),
    BPF_JIT_ENABLE(
            "net/core/bpf_jit_enable",
            Map.of(
                    0L,
                    "programs are interpreted",
                    1L,
                    "programs are compiled",
                    2L,
                    "programs are compiled and logged")),
    BPF_JIT_HARDEN(
            "net/core/bpf_jit_harden",
            Map.of(
                    0L, "constants are compiled as they are",
                    1L, "constants of ordinary users' programs are blinded",
                    2L, "constants of all programs are blinded, which makes them slower")),
    BPF_JIT_KALLSYMS(
            "net/core/bpf_jit_kallsyms",
            Map.of(0L, "compiled programs have no symbols", 1L, "compiled programs have symbols, shown to root")),
    BPF_JIT_LIMIT("net/core/bpf_jit_limit", Map.of()),
    BPF_STATS_ENABLED("kernel/bpf_stats_enabled", Map.of(0L, "runs are not counted", 1L, "runs are counted and timed")),
    PERF_EVENT_PARANOID(
            "kernel/perf_event_paranoid",
            Map.of(
                    -1L, "all users may measure everything",
                    0L, "ordinary users may not read raw tracepoints",
                    1L, "ordinary users may not measure CPUs",
                    2L, "ordinary users may not measure the kernel",
                    3L, "ordinary users may not measure at all (Debian, Ubuntu)",
                    4L, "ordinary users may not measure at all (Ubuntu)")),
    KPTR_RESTRICT(
            "kernel/kptr_restrict",
            Map.of(0L, "addresses are shown", 1L, "addresses are shown to CAP_SYSLOG", 2L, "addresses are hidden"));

    private final String file;
    private final Map<Long, String> meanings;

    KernelParameter(String file, Map<Long, String> meanings) {
        this.file = "/proc/sys/" + file;
        this.meanings = meanings;
    }

    /** Its file. */
    public String file() {
        return file;
    }

    /** Its value; empty if this kernel lacks it, or this process may not read it. */
    public Optional<Long> value(MachineFiles files) {
        return files.number(file);
    }

    /** What a value means; "" if it is just a number. */
    public String meaning(long value) {
        return meanings.getOrDefault(value, "");
    }
}
