package dev.skep.cli.trace;

import dev.skep.cli.output.ByteWriter;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Bytes of UTF-8 for a writer that takes nothing but characters. One that is cut off at the end of a piece is lost. */
final class WriterStream extends OutputStream {
    private final PrintWriter out;

    /** The way to a writer: as it is, where it takes bytes. @param out stays the caller's */
    static OutputStream to(PrintWriter out) {
        return out instanceof ByteWriter writer ? writer.bytes() : new WriterStream(out);
    }

    /** @param out stays the caller's */
    private WriterStream(PrintWriter out) {
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
