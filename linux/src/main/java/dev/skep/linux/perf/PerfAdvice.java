package dev.skep.linux.perf;

import dev.skep.object.host.Errno;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What to do about a refused perf_event_open(2). */
final class PerfAdvice {
    private static final Path PARANOID = Path.of("/proc/sys/kernel/perf_event_paranoid");

    private PerfAdvice() {}

    static String on(Errno errno, PerfEventAttr attr, PerfEvent.Scope scope) {
        return switch (errno) {
            case EPERM, EACCES ->
                "it needs root, CAP_PERFMON (Linux 5.8) or CAP_SYS_ADMIN; kernel.perf_event_paranoid is " + paranoid();
            case ESRCH -> "process " + scope.pid() + " has ended";
            case EMFILE -> "this process may open no more files: raise its limit (ulimit -n)";
            case ENOENT, ENODEV, EOPNOTSUPP ->
                attr.get(PerfEventAttr.TYPE) == PerfEventAttr.PERF_TYPE_HARDWARE
                        ? "this processor has no such counter, as is usual in a virtual machine; try a software event"
                        : "this machine has no such event";
            case ENOSPC -> "all breakpoint registers of the processor are taken";
            default -> "";
        };
    }

    private static String paranoid() {
        try {
            return Files.readString(PARANOID).strip();
        } catch (IOException e) {
            return "not readable";
        }
    }
}
