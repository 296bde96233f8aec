package dev.skep.cli.prog;

import dev.skep.cli.kernel.KernelCommand;
import dev.skep.linux.tracefs.TraceFs;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code skep prog tracelog}. */
@Command(
        name = "tracelog",
        description =
                "Prints what programs write with bpf_printk(), as they write it. Each line is shown to one reader only.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep prog tracelog --lines 10")
final class ProgTracelogCommand extends KernelCommand {
    @Option(names = "--lines", paramLabel = "N", description = "End after so many lines; without it, at Ctrl-C.")
    private long lines = Long.MAX_VALUE;

    @Override
    protected void execute() throws IOException {
        TraceFs tracefs = TraceFs.require("read what programs print");
        try (BufferedReader pipe =
                Files.newBufferedReader(tracefs.root().resolve("trace_pipe"), StandardCharsets.ISO_8859_1)) {
            for (long printed = 0; printed < lines; printed++) {
                String line = pipe.readLine();
                if (line == null) {
                    return;
                }
                out().println(line);
                out().flush();
            }
        }
    }
}
