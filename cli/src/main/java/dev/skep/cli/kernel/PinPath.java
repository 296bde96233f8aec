package dev.skep.cli.kernel;

import dev.skep.linux.machine.MachineFiles;
import dev.skep.linux.machine.MountTable;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A path that something is to be pinned at. */
public final class PinPath {
    private PinPath() {}

    /** Reads one. @throws InputException if nothing can be pinned there */
    public static Path read(Words words) {
        return check(Path.of(words.next("the path to pin at")));
    }

    /** @throws InputException if something is there, or its folder is not in a bpf file system */
    public static Path check(Path path) {
        Location where = Location.in(path.toString());
        if (Files.exists(path)) {
            throw new InputException(where, "something is there already", "choose another path, or remove it");
        }
        Path folder = path.toAbsolutePath().normalize().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new InputException(where, "there is no folder " + folder, "make it first: mkdir -p " + folder);
        }
        if (!isInBpfFileSystem(folder)) {
            String place = bpfFileSystem()
                    .map(mounted -> "one is mounted at " + mounted)
                    .orElse("none is mounted: skep doctor --mount mounts one");
            throw new InputException(where, "this is in no bpf file system, where pins have to be", place);
        }
        return path;
    }

    /** By its mount: the longest mounted place that the folder lies in. */
    private static boolean isInBpfFileSystem(Path folder) {
        return MountTable.of(MachineFiles.OF_THIS_MACHINE).mounts().stream()
                .filter(mount -> folder.startsWith(mount.place()))
                .reduce((one, later) -> later.place().length() >= one.place().length() ? later : one)
                .map(mount -> mount.type().equals("bpf"))
                .orElse(true); // without /proc the kernel will tell
    }

    private static Optional<String> bpfFileSystem() {
        return MountTable.of(MachineFiles.OF_THIS_MACHINE).find("bpf");
    }
}
