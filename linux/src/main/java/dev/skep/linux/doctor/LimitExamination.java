package dev.skep.linux.doctor;

import dev.skep.linux.machine.Capability;
import dev.skep.linux.machine.Machine;
import dev.skep.linux.machine.ProcessLimits;
import dev.skep.object.KernelVersion;
import java.util.Optional;
import java.util.OptionalLong;

/** How much this process may use. */
final class LimitExamination {
    /** The first kernel that charges maps to the control group, not to RLIMIT_MEMLOCK. */
    private static final KernelVersion CHARGED_TO_CGROUP = KernelVersion.of("5.11");

    private static final long MEBIBYTE = 1 << 20;

    /** Enough for the maps of most tools. */
    private static final long COMFORTABLE_MEMORY = 64 * MEBIBYTE;

    /** An object of some size needs a few descriptors for each program, map and link. */
    private static final long COMFORTABLE_FILES = 512;

    private LimitExamination() {}

    static Diagnosis memoryLock(Machine machine) {
        OptionalLong limit = machine.limits().lockedMemory();
        String evidence = "/proc/self/limits: Max locked memory " + bytes(limit);
        if (machine.kernel().isAtLeast(CHARGED_TO_CGROUP)) {
            return Diagnosis.ok(
                    Finding.MEMORY_LOCK,
                    evidence + ", which since Linux " + CHARGED_TO_CGROUP + " does not limit programs and maps");
        }
        if (limit.isEmpty() || limit.getAsLong() >= COMFORTABLE_MEMORY || machine.may(Capability.CAP_SYS_RESOURCE)) {
            return Diagnosis.ok(Finding.MEMORY_LOCK, evidence + ", which this process may raise or need not");
        }
        return Diagnosis.problem(
                Finding.MEMORY_LOCK,
                evidence + ", and this process, which lacks CAP_SYS_RESOURCE, may not raise it",
                "Linux before " + CHARGED_TO_CGROUP + " charges programs and maps to it, and answers EPERM beyond it",
                "ulimit -l unlimited, or LimitMEMLOCK=infinity in the systemd service");
    }

    static Diagnosis openFiles(Machine machine) {
        OptionalLong limit = machine.limits().openFiles();
        String evidence = "/proc/self/limits: Max open files "
                + (limit.isPresent() ? String.valueOf(limit.getAsLong()) : "not there");
        return limit.isEmpty() || limit.getAsLong() >= COMFORTABLE_FILES
                ? Diagnosis.ok(Finding.OPEN_FILES, evidence)
                : Diagnosis.warning(
                        Finding.OPEN_FILES,
                        evidence,
                        "each program, map and link needs a descriptor",
                        "ulimit -n " + 2 * COMFORTABLE_FILES);
    }

    /** Of the control group itself; those above it may have lower limits. */
    static Diagnosis memoryLimit(Machine machine) {
        Optional<String> file = machine.files().lines("/proc/self/cgroup").stream()
                .filter(line -> line.startsWith("0::"))
                .findFirst()
                .flatMap(line -> machine.mounts()
                        .find("cgroup2")
                        .map(mount -> mount + (line.equals("0::/") ? "" : line.substring(3)) + "/memory.max"));
        Optional<Long> limit = file.flatMap(machine.files()::number);
        if (limit.isEmpty()) {
            return Diagnosis.ok(Finding.MEMORY_LIMIT, "this process's control group has no limit of its own");
        }
        String evidence = file.get() + ": " + bytes(OptionalLong.of(limit.get()));
        return limit.get() >= COMFORTABLE_MEMORY
                ? Diagnosis.ok(Finding.MEMORY_LIMIT, evidence)
                : Diagnosis.warning(
                        Finding.MEMORY_LIMIT,
                        evidence,
                        "programs and maps are charged to it, and the kernel answers ENOMEM beyond it",
                        "give the container or the service more memory");
    }

    private static String bytes(OptionalLong limit) {
        if (limit.isEmpty()) {
            return "not there";
        }
        long value = limit.getAsLong();
        return value == ProcessLimits.UNLIMITED
                ? "unlimited"
                : value % MEBIBYTE == 0 ? value / MEBIBYTE + " MiB" : value + " bytes";
    }
}
