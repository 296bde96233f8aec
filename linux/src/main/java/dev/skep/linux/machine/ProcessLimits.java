package dev.skep.linux.machine;

import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What this process may use at most: /proc/self/limits (proc_pid_limits(5), getrlimit(2)). */
public record ProcessLimits(List<String> lines) {
    /** {@code RLIM_INFINITY}: no limit. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    private static final Pattern LINE = Pattern.compile("(.+?)\\s{2,}(\\d+|unlimited)\\s+(\\d+|unlimited)(\\s+\\w+)?");

    public ProcessLimits {
        lines = List.copyOf(lines);
    }

    /** Reads them anew. */
    public static ProcessLimits of(MachineFiles files) {
        return new ProcessLimits(files.lines("/proc/self/limits"));
    }

    /** {@code RLIMIT_MEMLOCK} now in force, in bytes. */
    public OptionalLong lockedMemory() {
        return soft("Max locked memory");
    }

    /** {@code RLIMIT_NOFILE} now in force. */
    public OptionalLong openFiles() {
        return soft("Max open files");
    }

    private OptionalLong soft(String name) {
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line.strip());
            if (matcher.matches() && matcher.group(1).equals(name)) {
                String value = matcher.group(2);
                return OptionalLong.of(value.equals("unlimited") ? UNLIMITED : Long.parseLong(value));
            }
        }
        return OptionalLong.empty();
    }
}
