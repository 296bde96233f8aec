package dev.skep.linux.machine;

/**
 * The user namespace of this process: user_namespaces(7).
 *
 * @param map how its users are numbered outside, as /proc/self/uid_map has it; "" if that cannot be read
 */
public record UserNamespace(String map) {
    /** The first namespace of a machine numbers all users as they are. */
    private static final String FIRST = "0 0 4294967295";

    /** Reads it anew. */
    public static UserNamespace of(MachineFiles files) {
        return new UserNamespace(files.text("/proc/self/uid_map")
                .map(text -> text.strip().replaceAll("\\s+", " "))
                .orElse(""));
    }

    /** True if it is not the first one, so that capabilities of its processes do not count for bpf(2). */
    public boolean isNested() {
        return !map.isEmpty() && !map.equals(FIRST);
    }
}
