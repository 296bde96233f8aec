package dev.skep.linux.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the cgroup2 file system is mounted. */
final class CgroupMounts {
    private static final Path MOUNTS = Path.of("/proc/self/mounts");

    private CgroupMounts() {}

    /** In words, to follow a complaint. */
    static String advice() {
        return firstCgroup2()
                .map(place -> "; it is mounted at " + place)
                .orElse("; it is not mounted: mount -t cgroup2 none /sys/fs/cgroup");
    }

    /** The first mount of cgroup2. */
    private static Optional<String> firstCgroup2() {
        try {
            return Files.readAllLines(MOUNTS).stream()
                    .map(line -> line.split(" ", -1)) // device, place, type, ...
                    .filter(fields -> fields.length > 2 && fields[2].equals("cgroup2"))
                    .map(fields -> fields[1])
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty(); // no /proc: the advice is only left out
        }
    }
}
