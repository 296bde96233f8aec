package dev.skep.linux.symbol;

import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Finds programs and libraries by name, as the shell and the dynamic linker do.
 *
 * <p>A name with a slash is a path. Any other is a library ({@code libc.so.6}, or {@code libc} or {@code c} whatever
 * its version) or a program on the {@code PATH}. Of a process, its own mapped files and its own root directory count.
 */
public final class BinaryFinder {
    private static final List<String> LIBRARY_DIRECTORIES = List.of(
            "/lib64", "/usr/lib64", "/lib", "/usr/lib", "/usr/local/lib", multiarch("/lib"), multiarch("/usr/lib"));

    private BinaryFinder() {}

    private static String multiarch(String directory) {
        String machine = System.getProperty("os.arch");
        return directory + "/" + (machine.equals("amd64") ? "x86_64" : machine) + "-linux-gnu";
    }

    /**
     * The file that is meant.
     *
     * @param pid the process whose file it is; empty for this machine's
     * @throws HostException ENOENT, with where was looked, if there is none; ESRCH if the process has ended
     */
    public static Path find(String name, OptionalInt pid) {
        return pid.isPresent() ? inProcess(name, pid.getAsInt()) : onMachine(name);
    }

    private static Path inProcess(String name, int pid) {
        List<ProcessMaps.Mapping> maps = ProcessMaps.of(pid);
        if (name.indexOf('/') >= 0) {
            boolean found = name.startsWith(ProcessMaps.root(pid, "/") + "/"); // it is one that this has found
            Path file = found ? Path.of(name) : ProcessMaps.root(pid, name);
            if (!Files.exists(file)) {
                throw new HostException(
                        Errno.ENOENT, "there is no file " + name + " for process " + pid + " (" + file + ")");
            }
            return file;
        }
        return maps.stream()
                .filter(mapping -> isMeant(name, fileName(mapping.path())))
                .findFirst()
                .map(mapping -> ProcessMaps.file(pid, mapping))
                .orElseThrow(() -> new HostException(
                        Errno.ENOENT,
                        "process " + pid + " has mapped no file called " + name + "; it has "
                                + String.join(
                                        ", ",
                                        maps.stream()
                                                .map(mapping -> fileName(mapping.path()))
                                                .distinct()
                                                .toList())));
    }

    private static Path onMachine(String name) {
        if (name.indexOf('/') >= 0) {
            Path file = Path.of(name).toAbsolutePath();
            if (!Files.exists(file)) {
                throw new HostException(Errno.ENOENT, "there is no file " + file);
            }
            return file;
        }
        List<String> directories = new ArrayList<>();
        addPath(directories, "LD_LIBRARY_PATH");
        return first(name, directories)
                .or(() -> cached(name))
                .or(() -> {
                    directories.addAll(LIBRARY_DIRECTORIES);
                    addPath(directories, "PATH");
                    return first(name, directories);
                })
                .orElseThrow(() -> new HostException(
                        Errno.ENOENT,
                        "there is no library or program " + name + " in " + LibraryCache.FILE + ", "
                                + String.join(", ", directories) + "; give its path"));
    }

    private static void addPath(List<String> directories, String variable) {
        String path = System.getenv(variable);
        if (path != null) {
            Stream.of(path.split(":")).filter(entry -> !entry.isEmpty()).forEach(directories::add);
        }
    }

    private static Optional<Path> first(String name, List<String> directories) {
        return directories.stream()
                .flatMap(directory ->
                        Stream.of(name, name + ".so", "lib" + name + ".so").map(file -> Path.of(directory, file)))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static Optional<Path> cached(String name) {
        Map<String, Path> libraries = LibraryCache.read();
        return Optional.ofNullable(libraries.get(name))
                .or(() -> libraries.entrySet().stream()
                        .filter(library -> isMeant(name, library.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst())
                .filter(Files::exists);
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** {@code libc.so.6} is meant by its name, by {@code libc.so}, {@code libc} and {@code c}. */
    static boolean isMeant(String name, String file) {
        return file.equals(name)
                || Stream.of(name, name + ".so", "lib" + name + ".so")
                        .filter(library -> library.contains(".so"))
                        .anyMatch(library -> file.equals(library) || file.startsWith(library + "."));
    }
}
