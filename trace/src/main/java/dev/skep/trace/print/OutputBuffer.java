package dev.skep.trace.print;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Text on its way out. */
final class OutputBuffer {
    private static final int ENOUGH = 1 << 16;

    private final TextBuffer text = new TextBuffer(2 * ENOUGH);
    private final OutputStream out;
    private final Output.Buffering buffering;

    OutputBuffer(OutputStream out, Output.Buffering buffering) {
        this.out = out;
        this.buffering = buffering;
    }

    TextBuffer text() {
        return text;
    }

    /** After each piece of output. */
    void written() {
        if (text.length() >= ENOUGH || buffering == Output.Buffering.NONE) {
            write();
        }
    }

    /** When nothing more is waiting. */
    void idle() {
        if (buffering != Output.Buffering.FULL) {
            write();
        }
    }

    /** Writes all. */
    void write() {
        try {
            text.flush(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing the output", e);
        }
    }
}
