package dev.skep.cli.trace;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Bytes of UTF-8 for a writer. A character that is cut off at the end of a piece is lost. */
final class WriterStream extends OutputStream {
    private final PrintWriter out;

    /** @param out stays the caller's */
    WriterStream(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void write(int single) {
        out.write(single);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        out.write(new String(bytes, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public void flush() {
        out.flush();
    }
}
