package dev.skep.linux.doctor;

import dev.skep.linux.feature.KernelParameter;
import dev.skep.linux.machine.Capability;
import dev.skep.linux.machine.Machine;
import dev.skep.linux.machine.ProcessStatus;
import dev.skep.linux.machine.UserNamespace;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What this process may do, and what takes it away again. */
final class PrivilegeExamination {
    /** What one needs to use all of BPF. */
    private static final Set<Capability> ALL =
            EnumSet.of(Capability.CAP_BPF, Capability.CAP_PERFMON, Capability.CAP_NET_ADMIN);

    private PrivilegeExamination() {}

    static Diagnosis capabilities(Machine machine) {
        return lacking(machine, RequiredCapabilities.replacingNew(ALL, machine.kernel()))
                .orElseGet(() -> Diagnosis.ok(
                        Finding.CAPABILITIES,
                        "/proc/self/status: this process has "
                                + names(RequiredCapabilities.replacingNew(ALL, machine.kernel()))));
    }

    /** What this process lacks of the required capabilities; empty if nothing. */
    static Optional<Diagnosis> lacking(Machine machine, Set<Capability> required) {
        Set<Capability> missing =
                required.stream().filter(capability -> !machine.may(capability)).collect(Collectors.toSet());
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        String evidence = machine.process().isPresent()
                ? "/proc/self/status: this process lacks " + names(missing)
                : "/proc/self/status cannot be read, so this process may lack " + names(missing);
        String users = KernelParameter.UNPRIVILEGED_BPF_DISABLED
                .value(machine.files())
                .map(value -> ", and " + KernelParameter.UNPRIVILEGED_BPF_DISABLED.meaning(value)
                        + " (kernel.unprivileged_bpf_disabled = " + value + ")")
                .orElse("");
        return Optional.of(Diagnosis.problem(
                Finding.CAPABILITIES,
                evidence + users,
                "the kernel refuses what needs them",
                remedy(machine, missing)));
    }

    private static String remedy(Machine machine, Set<Capability> missing) {
        boolean attainable = machine.process()
                .map(status -> missing.stream().allMatch(status.bounding()::contains))
                .orElse(true);
        String names = missing.stream().sorted().map(Capability::name).collect(Collectors.joining(" "));
        return attainable
                ? "run it as root, or as a systemd service with AmbientCapabilities=" + names
                : "not even root can have them here: start the container with "
                        + missing.stream()
                                .sorted()
                                .map(capability ->
                                        "--cap-add " + capability.name().substring("CAP_".length()))
                                .collect(Collectors.joining(" "));
    }

    private static String names(Collection<Capability> capabilities) {
        return capabilities.stream().sorted().map(Capability::name).collect(Collectors.joining(", "));
    }

    static Diagnosis userNamespace(Machine machine) {
        UserNamespace namespace = machine.userNamespace();
        String evidence = "/proc/self/uid_map: " + (namespace.map().isEmpty() ? "not there" : namespace.map());
        return namespace.isNested()
                ? Diagnosis.problem(
                        Finding.USER_NAMESPACE,
                        evidence,
                        "the capabilities this process has count only inside its user namespace, not for bpf(2)",
                        "run it outside, for example without rootless containers, or give it a BPF token (Linux 6.9)")
                : Diagnosis.ok(Finding.USER_NAMESPACE, evidence + ", the first user namespace");
    }

    static Diagnosis seccomp(Machine machine) {
        ProcessStatus.Seccomp mode =
                machine.process().map(ProcessStatus::seccomp).orElse(ProcessStatus.Seccomp.OFF);
        return mode == ProcessStatus.Seccomp.OFF
                ? Diagnosis.ok(Finding.SECCOMP, "/proc/self/status: no filter of system calls")
                : Diagnosis.warning(
                        Finding.SECCOMP,
                        "/proc/self/status: system calls are filtered (Seccomp: " + mode.ordinal() + ")",
                        "the filter may answer bpf(2) or perf_event_open(2) in the kernel's place, with EPERM or ENOSYS",
                        "start the container with a profile that allows them: --security-opt seccomp=FILE");
    }

    static Diagnosis unprivilegedBpf(Machine machine) {
        KernelParameter parameter = KernelParameter.UNPRIVILEGED_BPF_DISABLED;
        return Diagnosis.ok(
                Finding.UNPRIVILEGED_BPF,
                parameter
                        .value(machine.files())
                        .map(value -> parameter.file() + ": " + value + ", " + parameter.meaning(value))
                        .orElse(parameter.file() + " is not there"));
    }

    static Diagnosis perfEventParanoid(Machine machine) {
        KernelParameter parameter = KernelParameter.PERF_EVENT_PARANOID;
        Optional<Long> value = parameter.value(machine.files());
        String evidence = parameter.file() + ": " + value.map(String::valueOf).orElse("cannot be read");
        if (machine.may(Capability.CAP_PERFMON)
                || value.filter(level -> level < 0).isPresent()) {
            return Diagnosis.ok(Finding.PERF_EVENT_PARANOID, evidence);
        }
        return Diagnosis.warning(
                Finding.PERF_EVENT_PARANOID,
                evidence + value.map(level -> ", " + parameter.meaning(level)).orElse(""),
                "this process, which lacks CAP_PERFMON, cannot open the perf events that profiles and probes need",
                "run it with CAP_PERFMON");
    }

    static Diagnosis kernelAddresses(Machine machine) {
        KernelParameter parameter = KernelParameter.KPTR_RESTRICT;
        long value = parameter.value(machine.files()).orElse(0L);
        String evidence = parameter.file() + ": " + value + ", " + parameter.meaning(value);
        boolean shown = value == 0 || (value == 1 && machine.may(Capability.CAP_SYSLOG));
        return shown
                ? Diagnosis.ok(Finding.KERNEL_ADDRESSES, evidence)
                : Diagnosis.warning(
                        Finding.KERNEL_ADDRESSES,
                        evidence,
                        "addresses of the kernel in stacks cannot be named",
                        "sysctl kernel.kptr_restrict=0, or run it with CAP_SYSLOG if it is 1");
    }
}
