package dev.skep.cli.iterator;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/** Prints what an iterator writes. */
final class IteratorOutput {
    private IteratorOutput() {}

    static void print(InputStream pass, PrintWriter out) throws IOException {
        Reader text = new InputStreamReader(pass, StandardCharsets.UTF_8);
        long _ = text.transferTo(out);
        out.flush();
    }
}
