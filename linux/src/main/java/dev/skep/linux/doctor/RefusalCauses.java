package dev.skep.linux.doctor;

import dev.skep.linux.feature.KernelFeatures;
import dev.skep.linux.feature.KernelOption;
import dev.skep.linux.feature.Support;
import dev.skep.linux.machine.Capability;
import dev.skep.linux.machine.Lockdown;
import dev.skep.linux.machine.Machine;
import dev.skep.object.KernelVersion;
import dev.skep.object.host.Errno;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why the kernel may have refused one operation, the likeliest cause first. */
final class RefusalCauses {
    /** What can make the kernel say that something is not permitted. */
    static final Set<Finding> PRIVILEGE = EnumSet.of(
            Finding.BPF_SYSTEM_CALL,
            Finding.CAPABILITIES,
            Finding.USER_NAMESPACE,
            Finding.SECCOMP,
            Finding.LOCKDOWN,
            Finding.MEMORY_LOCK,
            Finding.PERF_EVENT_PARANOID);

    /** Before it, programs had at most 4096 instructions. */
    private static final KernelVersion LARGE_PROGRAMS = KernelVersion.of("5.2");

    private final Machine machine;
    private final Operation operation;

    RefusalCauses(Machine machine, Operation operation) {
        this.machine = machine;
        this.operation = operation;
    }

    List<Diagnosis> of(Errno errno) {
        return switch (errno) {
            case EPERM -> notPermitted();
            case EACCES -> isJudgedByVerifier() ? List.of() : notPermitted();
            case EINVAL, EOPNOTSUPP, ENOTSUPP -> notSupported(errno);
            case E2BIG -> List.of(tooLarge());
            case ENOSYS -> notImplemented();
            case ENOENT, ENOTDIR -> mounts();
            case ENOMEM -> present(LimitExamination.memoryLimit(machine), LimitExamination.memoryLock(machine));
            case EMFILE -> List.of(outOfFiles());
            default -> List.of();
        };
    }

    /** The verifier, too, says EACCES: of a program that reaches for what it must not. Its log says why. */
    private boolean isJudgedByVerifier() {
        return operation instanceof Operation.LoadProgram;
    }

    private static List<Diagnosis> present(Diagnosis... diagnoses) {
        return Stream.of(diagnoses)
                .filter(diagnosis -> diagnosis.verdict() != Verdict.OK)
                .toList();
    }

    private List<Diagnosis> notPermitted() {
        Set<Capability> required = RequiredCapabilities.of(operation, machine.kernel());
        List<Diagnosis> causes = new ArrayList<>();
        PrivilegeExamination.lacking(machine, required).ifPresent(causes::add);
        causes.addAll(present(
                PrivilegeExamination.userNamespace(machine),
                LimitExamination.memoryLock(machine),
                PrivilegeExamination.seccomp(machine)));
        if (operation instanceof Operation.OpenPerfEvent) {
            causes.addAll(present(PrivilegeExamination.perfEventParanoid(machine)));
        }
        if (causes.isEmpty()) {
            causes.add(policy(required));
        }
        return causes;
    }

    /** Nothing that this process could have more of: somebody else decides. */
    private Diagnosis policy(Set<Capability> required) {
        String held = required.isEmpty()
                ? "this operation needs no capability"
                : "this process has what Linux asks for ("
                        + required.stream().sorted().map(Capability::name).collect(Collectors.joining(", ")) + ")";
        Optional<Lockdown> lockdown = machine.lockdown().filter(state -> state.level() != Lockdown.Level.NONE);
        return lockdown.isPresent()
                ? Diagnosis.warning(
                        Finding.LOCKDOWN,
                        held + ", but the kernel is locked down ("
                                + lockdown.get().evidence() + ")",
                        "it may refuse this for its own protection",
                        "boot without lockdown, or use another way to attach")
                : Diagnosis.warning(
                        Finding.KERNEL_POLICY,
                        held,
                        "a security module, or this kernel itself, refuses it",
                        "look at the kernel's log (dmesg) and at the rules of SELinux or AppArmor");
    }

    private List<Diagnosis> notSupported(Errno errno) {
        List<Diagnosis> causes = new ArrayList<>();
        missing().ifPresent(causes::add);
        option().ifPresent(causes::add);
        if (needsKernelTypes()) {
            causes.addAll(present(KernelExamination.types(machine)));
        }
        if (operation instanceof Operation.Pin) {
            causes.addAll(present(MountExamination.bpffs(machine)));
        }
        if (errno != Errno.EINVAL) {
            causes.addAll(present(KernelExamination.jit(machine)));
        }
        return causes;
    }

    /** What the kernel says to the smallest thing of the kind. */
    private Optional<Diagnosis> missing() {
        return switch (operation) {
            case Operation.LoadProgram load -> missing(load.type(), load.attachType());
            case Operation.Attach attach -> missing(attach.type(), attach.attachType());
            case Operation.CreateMap create ->
                missing("maps of type " + create.type().uapiName(), KernelFeatures.support(create.type()));
            default -> Optional.empty();
        };
    }

    private Optional<Diagnosis> missing(ProgramType type, Optional<AttachType> attachType) {
        return missing("programs of type " + type.uapiName(), KernelFeatures.support(type))
                .or(() -> attachType.flatMap(
                        way -> missing("attaching by " + way.uapiName(), KernelFeatures.support(way))));
    }

    private Optional<Diagnosis> missing(String what, Support support) {
        return support instanceof Support.Missing missing
                ? Optional.of(Diagnosis.problem(
                        Finding.MISSING_FEATURE,
                        "Linux " + machine.kernel() + " has no " + what + ": " + missing.reason(),
                        "nothing of this kind works here",
                        "skep features tells what does"))
                : Optional.empty();
    }

    private Optional<Diagnosis> option() {
        return machine.configuration()
                .flatMap(kernel -> KernelNeeds.of(operation).stream()
                        .filter(option -> !kernel.isSet(option.option()))
                        .findFirst()
                        .map(option -> Diagnosis.problem(
                                Finding.KERNEL_OPTIONS,
                                kernel.file() + ": " + option.option() + " is not set",
                                "this kernel lacks " + option.purpose(),
                                "boot a kernel built with it")));
    }

    private boolean needsKernelTypes() {
        return KernelNeeds.of(operation).contains(KernelOption.DEBUG_INFO_BTF);
    }

    private Diagnosis tooLarge() {
        if (operation instanceof Operation.LoadProgram && !machine.kernel().isAtLeast(LARGE_PROGRAMS)) {
            return Diagnosis.problem(
                    Finding.TOO_LARGE,
                    "Linux " + machine.kernel(),
                    "programs have at most 4096 instructions before Linux " + LARGE_PROGRAMS,
                    "make the program smaller");
        }
        String limit = switch (operation) {
            case Operation.LoadProgram _ ->
                "the verifier gave up after a million instructions on all paths together, or the kernel does not know a "
                        + "setting that was given with the program";
            case Operation.CreateMap _ ->
                "the map is larger than its type may be, or the kernel does not know a setting that was given with it";
            default -> "the kernel does not know a setting that was given, being older than it";
        };
        return Diagnosis.problem(
                Finding.TOO_LARGE,
                "Linux " + machine.kernel() + " answers E2BIG",
                limit,
                "see the verifier's log if there is one, and what this kernel has: skep features");
    }

    private List<Diagnosis> notImplemented() {
        List<Diagnosis> causes = new ArrayList<>();
        machine.configuration()
                .filter(kernel -> !kernel.isSet(KernelOption.BPF_SYSCALL.option()))
                .ifPresent(kernel -> causes.add(Diagnosis.problem(
                        Finding.KERNEL_OPTIONS,
                        kernel.file() + ": CONFIG_BPF_SYSCALL is not set",
                        "this kernel has no bpf(2)",
                        "boot another one")));
        causes.addAll(present(PrivilegeExamination.seccomp(machine)));
        return causes;
    }

    private List<Diagnosis> mounts() {
        return switch (operation) {
            case Operation.Pin _ -> present(MountExamination.bpffs(machine));
            case Operation.OpenPerfEvent _, Operation.Attach _ -> present(MountExamination.tracefs(machine));
            default -> List.of();
        };
    }

    private Diagnosis outOfFiles() {
        Diagnosis limit = LimitExamination.openFiles(machine);
        return Diagnosis.problem(
                Finding.OPEN_FILES,
                limit.evidence(),
                "all descriptors of this process are in use",
                "close what is not needed, or raise the limit with ulimit -n");
    }
}
