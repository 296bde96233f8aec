package dev.skep.object.file;

import dev.skep.object.BpfObject;
import dev.skep.object.Location;
import dev.skep.object.elf.ElfFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The committed objects under {@code src/test/c}. */
public final class CompiledObjects {
    private static final Path FOLDER = Path.of("src/test/c");

    private CompiledObjects() {}

    /** The file {@code src/test/c/elf/NAME.o}. */
    public static Path path(String name) {
        return FOLDER.resolve("elf").resolve(name + ".o");
    }

    public static byte[] bytes(String name) {
        return bytes(path(name));
    }

    public static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ElfFile elf(String name) {
        return ElfFile.read(bytes(name), Location.in(name + ".o"));
    }

    public static BpfObject object(String name) {
        return ObjectReader.read(bytes(name), name + ".o");
    }

    /** All objects that can be read by themselves: those of this folder that need no linking, and the corpus. */
    public static List<Path> readable() {
        return Stream.of("elf", "corpus", "core")
                .flatMap(folder -> objectsIn(FOLDER.resolve(folder)).stream())
                .filter(file -> !file.getFileName().toString().startsWith("link_"))
                .toList();
    }

    private static List<Path> objectsIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".o")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
