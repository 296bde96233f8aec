package dev.skep.linux.info;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.Obj;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file in a bpf file system that keeps a program, a map or a link in the kernel.
 *
 * @param kind what it keeps @param id of what it keeps
 */
public record Pin(Path path, ObjectKind kind, int id) {
    /**
     * A descriptor of what is pinned at a path, whatever it is.
     *
     * @return empty if there is no such file
     * @throws HostException if the kernel refuses: EINVAL or EACCES for a file that is no pin
     */
    public static Optional<FileDescriptor> open(Path path) {
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            long result = attr.set(Obj.PATHNAME, arena.allocateFrom(path.toString()))
                    .expect(Obj.BPF_FD)
                    .call(BpfCommand.OBJ_GET);
            if (SystemFailure.is(result, Errno.ENOENT)) {
                return Optional.empty();
            }
            if (result < 0) {
                throw SystemFailure.refused(
                        result, "open what is pinned at " + path, "is it a file in a bpf file system?");
            }
            return Optional.of(FileDescriptor.owning(result));
        }
    }

    /**
     * A descriptor of what is pinned at a path, which has to be of a kind.
     *
     * @throws HostException ENOENT if there is nothing, EINVAL if there is something else, or what the kernel refuses with
     */
    public static FileDescriptor open(Path path, ObjectKind kind) {
        FileDescriptor descriptor =
                open(path).orElseThrow(() -> new HostException(Errno.ENOENT, "nothing is pinned at " + path));
        Optional<ObjectKind> found = DescriptorNotes.of(descriptor).kind();
        // Without /proc the kind stays unknown; asking for what is not there fails then, a little later.
        if (found.isPresent() && found.get() != kind) {
            descriptor.close();
            throw new HostException(
                    Errno.EINVAL, "a " + found.get().word() + " is pinned at " + path + ", not a " + kind.word());
        }
        return descriptor;
    }

    /** What is pinned in a folder and those in it, in the order of paths; nothing if the folder has gone. @throws HostException if the kernel refuses */
    public static List<Pin> all(Path folder) {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of(); // unmounted since it was found
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for pins in " + folder, e);
        }
        List<Pin> pins = new ArrayList<>();
        for (Path file : files) {
            pinAt(file).ifPresent(pins::add);
        }
        return List.copyOf(pins);
    }

    /** Files such as {@code maps.debug} lie in a bpf file system without being pins. */
    private static Optional<Pin> pinAt(Path file) {
        Optional<FileDescriptor> opened;
        try {
            opened = open(file);
        } catch (HostException e) {
            return Optional.empty();
        }
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (FileDescriptor descriptor = opened.get()) {
            DescriptorNotes notes = DescriptorNotes.of(descriptor);
            return notes.kind().map(kind -> new Pin(file, kind, notes.id()));
        }
    }
}
