package dev.skep.linux.machine;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is mounted where, as this process sees it: /proc/self/mountinfo (proc_pid_mountinfo(5)). */
public record MountTable(List<Mount> mounts) {
    private static final int PLACE = 4;

    /** @param place where it is mounted @param type the file system's: {@code tracefs}, {@code bpf}, {@code cgroup2} */
    public record Mount(String place, String type) {}

    public MountTable {
        mounts = List.copyOf(mounts);
    }

    /** Reads it anew; empty without /proc. */
    public static MountTable of(MachineFiles files) {
        return new MountTable(files.lines("/proc/self/mountinfo").stream()
                .map(line -> line.split(" "))
                .flatMap(fields -> mount(fields).stream())
                .toList());
    }

    /** Optional fields of any number come before a hyphen, the type after it. */
    private static Optional<Mount> mount(String[] fields) {
        int hyphen = Arrays.asList(fields).indexOf("-");
        return hyphen > PLACE && hyphen + 1 < fields.length
                ? Optional.of(new Mount(unescaped(fields[PLACE]), fields[hyphen + 1]))
                : Optional.empty();
    }

    /** Spaces and tabs in names are written as octal numbers. */
    private static String unescaped(String place) {
        return place.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
    }

    /** Where a file system of this type is mounted; the last mount if there are several, which may hide others. */
    public Optional<String> find(String type) {
        return mounts.stream()
                .filter(mount -> mount.type().equals(type))
                .map(Mount::place)
                .reduce((_, later) -> later);
    }
}
