package dev.skep.cli.input;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file the user named, or standard input for {@code -}.
 *
 * @param name as the user wrote it
 */
public record InputFile(String name) {
    /** What messages call standard input. */
    private static final String STDIN = "<stdin>";

    /** Bytes read of pipes and devices, which may never end. */
    private static final int LONGEST_STREAM = 256 << 20;

    /** What messages call it. */
    public String shownName() {
        return isStandardInput() ? STDIN : name;
    }

    /** True for {@code -}. */
    public boolean isStandardInput() {
        return name.equals("-");
    }

    /**
     * All its bytes.
     *
     * @throws InputException if it is a folder, or no regular file and does not end within 256 MiB
     * @throws IOException if it cannot be read
     */
    public byte[] read() throws IOException {
        boolean endless = isStandardInput() || !Files.isRegularFile(Path.of(name));
        try (InputStream stream = open()) {
            if (!endless) {
                return stream.readAllBytes();
            }
            byte[] bytes = stream.readNBytes(LONGEST_STREAM);
            if (bytes.length == LONGEST_STREAM) {
                throw new InputException(
                        Location.in(shownName()),
                        "does not end within " + (LONGEST_STREAM >> 20) + " MiB",
                        "copy it to a file, if it is what you mean");
            }
            return bytes;
        } catch (FileSystemException e) {
            throw e; // names the file
        } catch (IOException e) {
            throw new IOException(shownName() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Its bytes as a stream. Standard input is left open when the stream is closed.
     *
     * @throws InputException if it is a folder
     * @throws IOException if it cannot be opened
     */
    public InputStream open() throws IOException {
        if (isStandardInput()) {
            return new UnclosedStream(System.in);
        }
        Path path = Path.of(name);
        if (Files.isDirectory(path)) {
            throw new InputException(Location.in(name), "this is a folder", "name a file in it");
        }
        return Files.newInputStream(path);
    }

    private static final class UnclosedStream extends java.io.FilterInputStream {
        UnclosedStream(InputStream stream) {
            super(stream);
        }

        @Override
        public void close() {
            // Standard input belongs to the process.
        }
    }
}
