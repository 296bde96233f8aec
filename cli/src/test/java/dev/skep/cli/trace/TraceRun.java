package dev.skep.cli.trace;

import dev.skep.cli.Main;
import dev.skep.cli.output.ByteWriter;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a {@code skep trace} came to. */
record TraceRun(int exitCode, byte[] bytes, String errors) {
    /** Runs it in this process, to its end. */
    static TraceRun of(String... args) {
        List<String> all = new ArrayList<>(List.of("trace"));
        all.addAll(List.of(args));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringWriter err = new StringWriter();
        int exitCode = Main.run(new ByteWriter(out), new PrintWriter(err), all.toArray(String[]::new));
        return new TraceRun(exitCode, out.toByteArray(), err.toString());
    }

    /** What it printed. */
    String output() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
