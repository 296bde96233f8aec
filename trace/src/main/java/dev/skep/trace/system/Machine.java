package dev.skep.trace.system;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A machine's processors, users and control groups. */
public interface Machine {
    /** As many CPUs as it could ever have: a per-CPU map keeps a value for each. */
    int possibleCpus();

    /** As many CPUs as are on. */
    int onlineCpus();

    /** The architecture as Linux calls it: {@code x86_64}, {@code aarch64}. */
    String architecture();

    /** A user's name. */
    Optional<String> userName(long id);

    /** The ID of the control group of a path: {@code /sys/fs/cgroup/unified/mycg}; empty if there is none. */
    OptionalLong cgroupId(String path);

    /**
     * The path of a control group, from its hierarchy's root: {@code /user.slice}.
     *
     * @param filter a pattern of hierarchies ({@code unified}), empty for all
     * @return with its hierarchy where it has a name, {@code unified:/user.slice}; several if several have such an ID
     */
    List<String> cgroupPaths(long id, String filter);

    /** The name of a system call of this architecture: {@code read}. */
    Optional<String> systemCall(int number);

    /** A PID namespace, as its file in {@code /proc/PID/ns} is known. */
    record PidNamespace(long device, long inode) {}

    /** The PID namespace that the tracer is in; empty for the first, whose numbers the kernel has at hand. */
    default Optional<PidNamespace> pidNamespace() {
        return Optional.empty();
    }

    /** The kinds of iterators over objects of the kernel that it has, sorted: {@code task}, {@code task_file}. */
    List<String> iterators();
}
