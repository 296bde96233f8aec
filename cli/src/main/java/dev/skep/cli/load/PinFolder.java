package dev.skep.cli.load;

import dev.skep.cli.kernel.PinPath;
import dev.skep.linux.link.LinkGroup;
import dev.skep.linux.link.LinuxLink;
import dev.skep.linux.load.LinuxObject;
import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.program.LinuxProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where {@code --pin DIR} puts what is in an object: {@code DIR/PROGRAM}, {@code DIR/maps/MAP}, {@code DIR/links/PROGRAM}. All or
 * nothing: if something cannot be pinned, what was pinned before is removed.
 */
final class PinFolder {
    private final Path folder;
    private final List<Path> made = new ArrayList<>();

    PinFolder(Path folder) {
        this.folder = folder;
    }

    /** Pins programs, maps and links. @return the paths of the pins */
    List<Path> pin(LinuxObject object, List<LinuxLink> links) throws IOException {
        try {
            List<Path> pins = new ArrayList<>();
            for (LinuxProgram program : object.programs()) {
                pins.add(pin(folder, program.spec().name(), program::pin));
            }
            for (LinuxMap map : object.maps()) {
                pins.add(pin(folder.resolve("maps"), map.spec().name(), map::pin));
            }
            for (LinuxLink link : links) {
                List<LinuxLink> parts = link instanceof LinkGroup group ? group.parts() : List.of(link);
                for (LinuxLink part : parts) {
                    pins.add(pin(folder.resolve("links"), part.program().spec().name(), part::pin));
                }
            }
            return pins;
        } catch (IOException | RuntimeException e) {
            undo();
            throw e;
        }
    }

    /** Pins one thing. */
    private interface Pinning {
        void at(Path path);
    }

    private Path pin(Path in, String name, Pinning pinning) throws IOException {
        makeFolder(in);
        String base = name.replace('.', '_'); // bpffs keeps names with dots for itself
        Path path = in.resolve(base);
        for (int i = 2; made.contains(path); i++) {
            path = in.resolve(base + "_" + i);
        }
        pinning.at(PinPath.check(path));
        made.add(path);
        return path;
    }

    private void makeFolder(Path wanted) throws IOException {
        Path parent = wanted.toAbsolutePath().getParent();
        if (Files.exists(wanted) || parent == null) {
            return;
        }
        makeFolder(parent);
        Files.createDirectory(wanted);
        made.add(wanted);
    }

    private void undo() throws IOException {
        for (Path path : made.reversed()) {
            Files.deleteIfExists(path);
        }
    }
}
