package dev.skep.cli.load;

import dev.skep.cli.kernel.PinPath;
import dev.skep.linux.link.LinkGroup;
import dev.skep.linux.link.LiveAttachment;
import dev.skep.linux.link.StructOpsLink;
import dev.skep.linux.load.LinuxObject;
import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.Closing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where {@code --pin DIR} puts what is in an object: {@code DIR/PROGRAM}, {@code DIR/maps/MAP}, {@code DIR/links/PROGRAM}. All or
 * nothing: if something cannot be pinned, what was pinned before is removed.
 */
public final class PinFolder {
    private final Path folder;
    private final List<Path> made = new ArrayList<>();

    /** @param folder in a bpf file system; made if it is missing */
    public PinFolder(Path folder) {
        this.folder = folder;
    }

    /** Pins programs, maps and links. @param maps the folder for the maps @return the paths of the pins */
    List<Path> pin(LinuxObject object, Path maps, List<LiveAttachment> attached) throws IOException {
        return allOrNothing(() -> {
            List<Path> pins = new ArrayList<>();
            for (LinuxProgram program : object.programs()) {
                pins.add(pin(folder, program.spec().name(), program::pin));
            }
            pins.addAll(pinAll(maps, object.maps()));
            pins.addAll(pinEach(folder.resolve("links"), attached));
            return pins;
        });
    }

    /** Pins maps alone, as {@code DIR/MAP}. @return the paths of the pins */
    List<Path> pinMaps(List<LinuxMap> maps) throws IOException {
        return allOrNothing(() -> pinAll(folder, maps));
    }

    /** Pins attachments alone, as {@code DIR/NAME}. @return the paths of the pins */
    public List<Path> pinLinks(List<? extends LiveAttachment> attached) throws IOException {
        return allOrNothing(() -> pinEach(folder, attached));
    }

    /** Makes pins. */
    private interface Pins {
        List<Path> make() throws IOException;
    }

    private List<Path> allOrNothing(Pins pins) throws IOException {
        try {
            return pins.make();
        } catch (IOException | RuntimeException e) {
            Closing.after(e, undoing());
            throw e;
        }
    }

    private List<Path> pinAll(Path in, List<LinuxMap> maps) throws IOException {
        List<Path> pins = new ArrayList<>();
        for (LinuxMap map : maps) {
            pins.add(pin(in, map.spec().name(), map::pin));
        }
        return pins;
    }

    private List<Path> pinEach(Path links, List<? extends LiveAttachment> attached) throws IOException {
        List<Path> pins = new ArrayList<>();
        for (LiveAttachment each : attached) {
            for (LiveAttachment part : each instanceof LinkGroup group ? group.parts() : List.of(each)) {
                boolean staysByItself = part instanceof StructOpsLink registration && !registration.isLink();
                if (!staysByItself) {
                    pins.add(pin(links, part.name(), part::pin));
                }
            }
        }
        return pins;
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

    /** What to close to have all removed that was made. */
    private List<AutoCloseable> undoing() {
        return made.stream()
                .<AutoCloseable>map(path -> () -> Files.deleteIfExists(path))
                .toList();
    }
}
