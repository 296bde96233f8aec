package dev.skep.cli.output;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file to write, or standard output for {@code -}. */
public final class OutputFile {
    private OutputFile() {}

    /**
     * Opens the file the user named; an existing one is replaced.
     *
     * @param out the writer for standard output, flushed before bytes go there
     * @throws InputException if it is a folder, or lies in a folder that does not exist
     * @throws IOException if it cannot be opened
     */
    public static OutputStream open(String name, PrintWriter out) throws IOException {
        if (name.equals("-")) {
            out.flush();
            return new UnclosedStream(System.out);
        }
        Path path = Path.of(name);
        if (Files.isDirectory(path)) {
            throw new InputException(Location.in(name), "this is a folder", "name a file to write");
        }
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new InputException(Location.in(name), "there is no folder " + folder, "make it first");
        }
        return Files.newOutputStream(path);
    }

    /**
     * Writes text, in UTF-8, to the file the user named, or to standard output for {@code -}.
     *
     * @param out the writer for standard output
     * @throws InputException if it is a folder, or lies in a folder that does not exist
     * @throws IOException if it cannot be written
     */
    public static void write(String name, String text, PrintWriter out) throws IOException {
        if (name.equals("-")) {
            out.print(text);
            return;
        }
        try (OutputStream stream = open(name, out)) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static final class UnclosedStream extends FilterOutputStream {
        UnclosedStream(OutputStream stream) {
            super(stream);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
