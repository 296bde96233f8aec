package dev.skep.cli.output;

import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Text as UTF-8, between which there can be bytes that are none. */
public final class ByteWriter extends PrintWriter {
    private final OutputStream bytes;

    /** @param bytes where all goes */
    public ByteWriter(OutputStream bytes) {
        super(new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8)));
        this.bytes = bytes;
    }

    /** Takes bytes as they are; what was written as text goes out before them. */
    public OutputStream bytes() {
        return new FilterOutputStream(bytes) {
            @Override
            public void write(int single) throws IOException {
                ByteWriter.this.flush();
                out.write(single);
            }

            @Override
            public void write(byte[] all, int offset, int length) throws IOException {
                ByteWriter.this.flush();
                out.write(all, offset, length);
            }

            @Override
            public void close() throws IOException {
                out.flush(); // the stream is the writer's
            }
        };
    }
}
