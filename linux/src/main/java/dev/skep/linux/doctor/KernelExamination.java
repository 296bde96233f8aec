package dev.skep.linux.doctor;

import dev.skep.linux.feature.KernelOption;
import dev.skep.linux.feature.KernelParameter;
import dev.skep.linux.machine.KernelConfiguration;
import dev.skep.linux.machine.Machine;
import dev.skep.object.KernelVersion;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the kernel brings along. */
final class KernelExamination {
    /** Skep is tested on this kernel and newer ones. */
    private static final KernelVersion OLDEST_TESTED = KernelVersion.of("5.10");

    /** Options without which a large part of BPF is missing. */
    private static final Set<KernelOption> IMPORTANT = EnumSet.of(
            KernelOption.BPF_SYSCALL,
            KernelOption.BPF_JIT,
            KernelOption.CGROUP_BPF,
            KernelOption.BPF_EVENTS,
            KernelOption.PERF_EVENTS,
            KernelOption.KPROBE_EVENTS,
            KernelOption.UPROBE_EVENTS,
            KernelOption.FPROBE,
            KernelOption.FTRACE_SYSCALLS,
            KernelOption.DYNAMIC_FTRACE_WITH_DIRECT_CALLS,
            KernelOption.BPF_LSM,
            KernelOption.XDP_SOCKETS,
            KernelOption.NET_CLS_BPF,
            KernelOption.NET_SCH_INGRESS);

    private static final String TYPES = "/sys/kernel/btf/vmlinux";

    private KernelExamination() {}

    static Diagnosis release(Machine machine) {
        String evidence = "Linux " + machine.kernel();
        return machine.kernel().isAtLeast(OLDEST_TESTED)
                ? Diagnosis.ok(Finding.KERNEL_RELEASE, evidence)
                : Diagnosis.warning(
                        Finding.KERNEL_RELEASE,
                        evidence,
                        "Skep is tested on Linux " + OLDEST_TESTED
                                + " and newer; skep features tells what this one has",
                        "boot a newer kernel if there is one");
    }

    static Diagnosis types(Machine machine) {
        if (machine.files().exists(TYPES)) {
            return Diagnosis.ok(Finding.KERNEL_TYPES, TYPES + " is there");
        }
        boolean without = machine.configuration()
                .filter(kernel -> !kernel.isSet(KernelOption.DEBUG_INFO_BTF.option()))
                .isPresent();
        return Diagnosis.problem(
                Finding.KERNEL_TYPES,
                TYPES + " is not there" + (without ? ", and CONFIG_DEBUG_INFO_BTF is not set" : ""),
                "no CO-RE relocation can be resolved, and there are no BTF tracepoints, fentry, struct_ops or kfuncs",
                "boot a kernel with CONFIG_DEBUG_INFO_BTF=y, or give types of this very kernel in a file (--btf FILE)");
    }

    static Diagnosis jit(Machine machine) {
        KernelParameter parameter = KernelParameter.BPF_JIT_ENABLE;
        String evidence = parameter.file() + ": "
                + parameter
                        .value(machine.files())
                        .map(value -> value + ", " + parameter.meaning(value))
                        .orElse("not there");
        boolean off =
                parameter.value(machine.files()).filter(value -> value == 0).isPresent();
        return off
                ? Diagnosis.warning(
                        Finding.JIT,
                        evidence,
                        "programs run several times slower, and fentry, struct_ops and kfuncs are refused",
                        "sysctl net.core.bpf_jit_enable=1")
                : Diagnosis.ok(Finding.JIT, evidence);
    }

    static Diagnosis options(Machine machine) {
        if (machine.configuration().isEmpty()) {
            return Diagnosis.warning(
                    Finding.KERNEL_OPTIONS,
                    "neither /proc/config.gz nor /boot/config-" + machine.kernel() + " can be read",
                    "programs that ask for the kernel's configuration (.kconfig) cannot be told",
                    "modprobe configs, or install the file in /boot");
        }
        KernelConfiguration kernel = machine.configuration().get();
        List<KernelOption> missing = IMPORTANT.stream()
                .filter(option -> !kernel.isSet(option.option()))
                .toList();
        return missing.isEmpty()
                ? Diagnosis.ok(Finding.KERNEL_OPTIONS, kernel.file() + ": all that matter most are set")
                : Diagnosis.warning(
                        Finding.KERNEL_OPTIONS,
                        kernel.file() + ": not set: "
                                + missing.stream().map(KernelOption::option).collect(Collectors.joining(", ")),
                        "this kernel lacks "
                                + missing.stream()
                                        .map(KernelOption::purpose)
                                        .distinct()
                                        .collect(Collectors.joining(", ")),
                        "boot a kernel built with them");
    }
}
