package dev.skep.linux.doctor;

import dev.skep.linux.machine.Lockdown;
import dev.skep.linux.machine.Machine;
import dev.skep.linux.machine.SecurityModules;
import java.util.Optional;

/** How the kernel protects itself. */
final class SecurityExamination {
    private SecurityExamination() {}

    static Diagnosis lockdown(Machine machine) {
        Optional<Lockdown> lockdown = machine.lockdown();
        String evidence = lockdown.map(Lockdown::evidence)
                .orElse("/sys/kernel/security/lockdown is not there, and nothing else tells the level");
        return switch (lockdown.map(Lockdown::level).orElse(Lockdown.Level.NONE)) {
            case NONE -> Diagnosis.ok(Finding.LOCKDOWN, evidence);
            case INTEGRITY ->
                Diagnosis.warning(
                        Finding.LOCKDOWN,
                        evidence,
                        "the kernel protects its integrity: programs may not call bpf_probe_write_user(); a kernel with "
                                + "stricter rules than Linux's own may refuse more, as fentry, LSM and freplace programs",
                        "boot without lockdown (without Secure Boot, or with lockdown=none where it is not built in)");
            case CONFIDENTIALITY ->
                Diagnosis.problem(
                        Finding.LOCKDOWN,
                        evidence,
                        "the kernel protects its secrets: no kprobes, no perf events, no tracefs, and programs may not "
                                + "read kernel memory",
                        "boot with lockdown=integrity or none");
        };
    }

    static Diagnosis bpfLsm(Machine machine) {
        Optional<SecurityModules> modules = machine.securityModules();
        if (modules.isEmpty()) {
            return Diagnosis.warning(
                    Finding.BPF_LSM,
                    "/sys/kernel/security/lsm is not there, and nothing else lists the security modules",
                    "whether security programs (LSM) would be asked is not known",
                    "mount -t securityfs securityfs /sys/kernel/security");
        }
        return modules.get().names().contains("bpf")
                ? Diagnosis.ok(Finding.BPF_LSM, modules.get().evidence())
                : Diagnosis.warning(
                        Finding.BPF_LSM,
                        modules.get().evidence(),
                        "bpf is not among the security modules, so security programs (LSM) cannot be attached",
                        "boot with lsm=" + String.join(",", modules.get().names()) + ",bpf");
    }
}
