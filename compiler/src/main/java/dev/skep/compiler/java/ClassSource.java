package dev.skep.compiler.java;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Where class files come from. */
@FunctionalInterface
public interface ClassSource {
    /**
     * The bytes of a class file, empty if there is none.
     *
     * @param internalName with slashes: {@code dev/example/Firewall}
     * @throws UncheckedIOException if it is there but cannot be read
     */
    Optional<byte[]> find(String internalName);

    /** This one, and where it has none, another. */
    default ClassSource or(ClassSource other) {
        return internalName -> find(internalName).or(() -> other.find(internalName));
    }

    /** What a class loader finds as resources. */
    static ClassSource of(ClassLoader loader) {
        return internalName -> {
            try (InputStream in = loader.getResourceAsStream(internalName + ".class")) {
                return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        };
    }

    /** The files below a folder, as {@code javac -d} writes them. */
    static ClassSource folder(Path folder) {
        return internalName -> {
            Path file = folder.resolve(internalName + ".class");
            try {
                return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        };
    }

    /** The entries of a jar. */
    static ClassSource jar(Path jar) {
        return internalName -> {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                ZipEntry entry = zip.getEntry(internalName + ".class");
                if (entry == null) {
                    return Optional.empty();
                }
                try (InputStream in = zip.getInputStream(entry)) {
                    return Optional.of(in.readAllBytes());
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        };
    }
}
