package dev.skep.linux.machine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The machine's files, below a root: {@code /} for the machine that runs us, any folder for a described one, which is how tests
 * make up machines.
 *
 * @param root what {@code /} means
 */
public record MachineFiles(Path root) {
    /** Files below /proc/sys give all they have to the first read, or lose what it had no room for. */
    private static final int BUFFER_SIZE = 64 << 10;

    /** This machine. */
    public static final MachineFiles OF_THIS_MACHINE = new MachineFiles(Path.of("/"));

    /** Where the file of this absolute name lies. */
    public Path path(String absolute) {
        return root.resolve(absolute.substring(1));
    }

    /** True if there is such a file or folder. */
    public boolean exists(String absolute) {
        return Files.exists(path(absolute));
    }

    /** A small file's text without its final newline; empty if it is not there, or may not be read. */
    public Optional<String> text(String absolute) {
        return bytes(absolute).map(bytes -> new String(bytes, StandardCharsets.UTF_8).stripTrailing());
    }

    /** A small file's lines; none if it is not there, or may not be read. */
    public List<String> lines(String absolute) {
        return text(absolute).map(text -> text.lines().toList()).orElse(List.of());
    }

    /** A file's first number; empty if it is not there, may not be read, or holds none. */
    public Optional<Long> number(String absolute) {
        try {
            return text(absolute).map(text -> Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A file's bytes; empty if it is not there, or may not be read. */
    public Optional<byte[]> bytes(String absolute) {
        try (SeekableByteChannel channel = Files.newByteChannel(path(absolute))) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER_SIZE);
            while (channel.read(buffer.clear()) > 0) {
                bytes.write(buffer.array(), 0, buffer.position());
            }
            return Optional.of(bytes.toByteArray());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
