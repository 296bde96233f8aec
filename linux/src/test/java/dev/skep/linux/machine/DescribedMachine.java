package dev.skep.linux.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A machine made up for a test: the files it would have, below a folder. */
public final class DescribedMachine {
    private final Path root;

    /** @param root an empty folder */
    public DescribedMachine(Path root) {
        this.root = root;
    }

    /** Gives it a file. */
    public DescribedMachine with(String absolute, String text) {
        return with(absolute, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Gives it a file. */
    public DescribedMachine with(String absolute, byte[] content) {
        try {
            Path path = files().path(absolute);
            Files.createDirectories(path.getParent());
            Files.write(path, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes a file away. */
    public DescribedMachine without(String absolute) {
        try {
            Files.delete(files().path(absolute));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What reads it. */
    public MachineFiles files() {
        return new MachineFiles(root);
    }
}
