package dev.skep.object.btf;

import dev.skep.object.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What clang made of the C sources in src/test/c/btf (rebuild.sh there), and what bpftool printed of it. */
public final class Samples {
    private static final Path FOLDER = Path.of("src/test/c/btf");

    private Samples() {}

    /** The path of a sample file, for example {@code kinds.btf}. */
    public static Path path(String fileName) {
        return FOLDER.resolve(fileName);
    }

    /** The BTF of {@code name.c}. */
    public static Btf btf(String name) {
        return Btf.read(bytes(name + ".btf"), Location.in(name + ".o").section(".BTF"));
    }

    /** The BTF.ext of {@code name.c}. */
    public static BtfExt ext(String name) {
        return BtfExt.read(
                bytes(name + ".btfext"), btf(name), Location.in(name + ".o").section(".BTF.ext"));
    }

    /** The content of a sample file. */
    public static byte[] bytes(String fileName) {
        try {
            return Files.readAllBytes(path(fileName));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The content of a sample file of text. */
    public static String text(String fileName) {
        try {
            return Files.readString(path(fileName));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
