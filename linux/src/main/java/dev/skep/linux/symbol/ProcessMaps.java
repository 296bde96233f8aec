package dev.skep.linux.symbol;

import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files that a running process has mapped: {@code /proc/PID/maps} of proc(5). */
public final class ProcessMaps {
    private static final int PATH_FIELD = 5;
    private static final String DELETED = " (deleted)";

    private ProcessMaps() {}

    /**
     * A mapped part of a file.
     *
     * @param start address, inclusive @param end exclusive @param fileOffset of the byte at {@code start}
     * @param path as the process sees it
     * @param isDeleted the file has been removed or replaced since
     */
    public record Mapping(long start, long end, boolean executable, long fileOffset, String path, boolean isDeleted) {}

    /**
     * What is mapped from files.
     *
     * @throws HostException ESRCH if the process has ended, EACCES if it is not to be seen
     */
    public static List<Mapping> of(int pid) {
        try {
            return Files.readAllLines(process(pid).resolve("maps")).stream()
                    .flatMap(line -> parse(line).stream())
                    .toList();
        } catch (AccessDeniedException e) {
            throw new HostException(Errno.EACCES, "this process may not look at process " + pid + "; be root");
        } catch (IOException e) {
            throw new HostException(Errno.ESRCH, "process " + pid + " has ended");
        }
    }

    /** {@code 7f12-7f34 r-xp 00001000 fd:01 1234   /usr/lib/libc.so.6}; empty if no file is mapped. */
    static Optional<Mapping> parse(String line) {
        String[] fields = line.split(" +", PATH_FIELD + 1);
        if (fields.length <= PATH_FIELD || !fields[PATH_FIELD].startsWith("/")) {
            return Optional.empty();
        }
        int dash = fields[0].indexOf('-');
        boolean deleted = fields[PATH_FIELD].endsWith(DELETED);
        String path = fields[PATH_FIELD];
        return Optional.of(new Mapping(
                Long.parseUnsignedLong(fields[0], 0, dash, 16),
                Long.parseUnsignedLong(fields[0], dash + 1, fields[0].length(), 16),
                fields[1].indexOf('x') >= 0,
                Long.parseUnsignedLong(fields[2], 16),
                deleted ? path.substring(0, path.length() - DELETED.length()) : path,
                deleted));
    }

    /** The file a process has mapped, wherever it lies by now and whatever the process calls its root. */
    public static Path file(int pid, Mapping mapping) {
        return mapping.isDeleted()
                ? process(pid)
                        .resolve("map_files")
                        .resolve(Long.toHexString(mapping.start()) + "-" + Long.toHexString(mapping.end()))
                : root(pid, mapping.path());
    }

    /** The file that a process calls {@code path}, in its mount namespace and under its root. */
    public static Path root(int pid, String path) {
        return Path.of(process(pid) + "/root" + (path.startsWith("/") ? path : "/" + path));
    }

    static Path process(int pid) {
        return Path.of("/proc", Integer.toString(pid));
    }
}
