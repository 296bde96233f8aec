package dev.skep.linux.symbol;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The code that a process made itself, found out when it is first wanted: by the map that it has written for perf(1), or, of a JVM that has
 * written none, by one that it is asked for and that is removed again.
 */
final class MadeCode {
    private final int pid;
    private final List<ProcessMaps.Mapping> mappings;
    private @Nullable PerfMap code;

    MadeCode(int pid, List<ProcessMaps.Mapping> mappings) {
        this.pid = pid;
        this.mappings = mappings;
    }

    PerfMap code() {
        PerfMap known = code;
        if (known == null) {
            known = PerfMap.of(pid);
            if (known.isEmpty() && isJvm()) {
                known = ofJvm();
            }
            code = known;
        }
        return known;
    }

    private boolean isJvm() {
        return mappings.stream().anyMatch(mapping -> mapping.path().endsWith("/libjvm.so"));
    }

    private PerfMap ofJvm() {
        if (!HotSpotAttach.writePerfMap(pid)) {
            return PerfMap.NONE;
        }
        PerfMap written = PerfMap.of(pid);
        try {
            Files.deleteIfExists(PerfMap.file(pid));
        } catch (IOException e) {
            // It has ended, or nobody may: then a file is left in /tmp, as after jcmd.
        }
        return written;
    }
}
