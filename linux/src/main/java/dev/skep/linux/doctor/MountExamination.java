package dev.skep.linux.doctor;

import dev.skep.linux.machine.Machine;
import java.util.Optional;

/** The file systems that BPF is used through. */
final class MountExamination {
    private MountExamination() {}

    static Diagnosis bpffs(Machine machine) {
        return mounted(machine, FileSystem.BPFFS)
                .map(place -> Diagnosis.ok(Finding.BPFFS, "/proc/self/mountinfo: at " + place))
                .orElseGet(() -> Diagnosis.problem(
                        Finding.BPFFS,
                        "/proc/self/mountinfo: no file system of type bpf",
                        "nothing can be pinned",
                        FileSystem.BPFFS.remedy()));
    }

    static Diagnosis tracefs(Machine machine) {
        return mounted(machine, FileSystem.TRACEFS)
                .map(place -> Diagnosis.ok(Finding.TRACEFS, "/proc/self/mountinfo: at " + place))
                .orElseGet(() -> Diagnosis.problem(
                        Finding.TRACEFS,
                        "/proc/self/mountinfo: no file system of type tracefs",
                        "tracepoints cannot be found by name, and probes cannot be made where perf cannot",
                        FileSystem.TRACEFS.remedy()));
    }

    private static Optional<String> mounted(Machine machine, FileSystem fileSystem) {
        return machine.mounts().find(fileSystem.type());
    }

    static Diagnosis cgroup2(Machine machine) {
        return machine.mounts()
                .find("cgroup2")
                .map(place -> Diagnosis.ok(Finding.CGROUP2, "/proc/self/mountinfo: at " + place))
                .orElseGet(() -> Diagnosis.warning(
                        Finding.CGROUP2,
                        "/proc/self/mountinfo: no file system of type cgroup2",
                        "programs cannot be attached to control groups",
                        "mkdir -p /sys/fs/cgroup/unified && mount -t cgroup2 cgroup2 /sys/fs/cgroup/unified"));
    }
}
