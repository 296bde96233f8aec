package dev.skep.linux.doctor;

import dev.skep.linux.feature.KernelFeatures;
import dev.skep.linux.feature.Support;
import dev.skep.linux.machine.Machine;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.map.MapType;
import dev.skep.object.program.AttachType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Finds out what keeps BPF from working on a machine.
 *
 * <pre>{@code
 * for (Diagnosis diagnosis : Doctor.ofThisMachine().examine()) {
 *     System.out.println(diagnosis.verdict() + " " + diagnosis.sentence());
 * }
 * }</pre>
 *
 * @param machine what is known about it
 * @param attempts tries something out on it
 */
public record Doctor(Machine machine, Function<Attempt, Support> attempts) {
    /** What only the kernel itself can tell. */
    public enum Attempt {
        CREATE_MAP,
        LOAD_FENTRY,
        LOAD_LSM
    }

    /** For the machine that runs us. */
    public static Doctor ofThisMachine() {
        return new Doctor(Machine.running(), attempt -> switch (attempt) {
            case CREATE_MAP -> KernelFeatures.support(MapType.HASH);
            case LOAD_FENTRY -> KernelFeatures.support(AttachType.TRACE_FENTRY);
            case LOAD_LSM -> KernelFeatures.support(AttachType.LSM_MAC);
        });
    }

    /** Looks at everything. */
    public List<Diagnosis> examine() {
        return List.of(
                systemCall(),
                KernelExamination.release(machine),
                PrivilegeExamination.capabilities(machine),
                PrivilegeExamination.userNamespace(machine),
                PrivilegeExamination.seccomp(machine),
                PrivilegeExamination.unprivilegedBpf(machine),
                SecurityExamination.lockdown(machine),
                SecurityExamination.bpfLsm(machine),
                policy(),
                MountExamination.bpffs(machine),
                MountExamination.tracefs(machine),
                MountExamination.cgroup2(machine),
                KernelExamination.types(machine),
                KernelExamination.jit(machine),
                KernelExamination.options(machine),
                LimitExamination.memoryLock(machine),
                LimitExamination.openFiles(machine),
                LimitExamination.memoryLimit(machine),
                PrivilegeExamination.perfEventParanoid(machine),
                PrivilegeExamination.kernelAddresses(machine));
    }

    private Diagnosis systemCall() {
        return switch (attempts.apply(Attempt.CREATE_MAP)) {
            case Support.Available _ -> Diagnosis.ok(Finding.BPF_SYSTEM_CALL, "bpf(2) created a map");
            case Support.Missing missing -> refused(missing.reason());
            case Support.Unknown unknown -> refused(unknown.reason());
        };
    }

    private static Diagnosis refused(String reason) {
        return Diagnosis.problem(
                Finding.BPF_SYSTEM_CALL,
                "bpf(2) was asked to create a map: " + reason,
                "nothing works in the kernel; the embedded engine (skep run without --kernel) does",
                "see what is found below");
    }

    /** Programs at the kernel's own functions are what kernels are strictest about. */
    private Diagnosis policy() {
        Map<String, Support> answers = new TreeMap<>();
        answers.put("fentry", attempts.apply(Attempt.LOAD_FENTRY));
        answers.put("LSM", attempts.apply(Attempt.LOAD_LSM));
        List<String> refused = answers.entrySet().stream()
                .filter(answer -> answer.getValue() instanceof Support.Missing)
                .map(answer ->
                        answer.getKey() + " programs: " + answer.getValue().explanation())
                .toList();
        if (!refused.isEmpty()) {
            return Diagnosis.warning(
                    Finding.KERNEL_POLICY,
                    String.join("; ", refused),
                    "programs cannot be attached to the kernel's own functions in this way",
                    "use BTF tracepoints (tp_btf), tracepoints or kprobes, or boot another kernel");
        }
        boolean known = answers.values().stream().allMatch(Support::isAvailable);
        return Diagnosis.ok(
                Finding.KERNEL_POLICY,
                known
                        ? "programs at the kernel's own functions (fentry, LSM) are taken"
                        : "this process cannot find out whether programs at the kernel's own functions are taken");
    }

    /**
     * Why the kernel may have refused an operation.
     *
     * @return probable causes, the likeliest first; empty if nothing speaks for any
     */
    public List<Diagnosis> explain(Operation operation, Errno errno) {
        return new RefusalCauses(machine, operation).of(errno);
    }

    /** Why the kernel may have refused something of which only the error is known: what this machine's state speaks for. */
    public List<Diagnosis> explain(HostException refusal) {
        return switch (refusal.errno()) {
            case EPERM, EACCES, ENOSYS ->
                examine().stream()
                        .filter(diagnosis -> diagnosis.verdict() != Verdict.OK)
                        .filter(diagnosis -> RefusalCauses.PRIVILEGE.contains(diagnosis.finding()))
                        .toList();
            default ->
                examine().stream()
                        .filter(diagnosis -> diagnosis.verdict() == Verdict.PROBLEM)
                        .toList();
        };
    }

    /**
     * Why a function of the kernel is not among its types, so that fentry, kfuncs and the like cannot name it.
     *
     * @param function the name that was looked for, and not found, in BTF
     */
    public Diagnosis explainMissingFunction(String function) {
        return new KernelFunctionSearch(machine).explain(function);
    }

    /**
     * The likeliest reason for a refusal on this machine, in one sentence for an error message; "" if nothing speaks for any. Reads a
     * few files of /proc: for the path of failure only.
     */
    public static String likelyReason(Operation operation, Errno errno) {
        return ofThisMachine().explain(operation, errno).stream()
                .findFirst()
                .map(Diagnosis::sentence)
                .orElse("");
    }
}
