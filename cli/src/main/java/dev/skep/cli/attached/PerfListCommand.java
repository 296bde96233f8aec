package dev.skep.cli.attached;

import dev.skep.cli.kernel.KernelCommand;
import dev.skep.cli.kernel.ProgramNames;
import dev.skep.cli.output.JsonWriter;
import dev.skep.cli.output.Style;
import dev.skep.cli.output.Table;
import dev.skep.linux.info.PerfProbe;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code skep perf list}. */
@Command(
        name = "list",
        aliases = "show",
        description =
                "Lists tracepoints, kprobes and uprobes with a program that processes hold by a descriptor: also those that "
                        + "were attached without a link, which skep link list does not show.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep perf list --json")
final class PerfListCommand extends KernelCommand {
    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    protected void execute() throws IOException {
        List<PerfProbe> probes = PerfProbe.all();
        if (json) {
            print(probes);
            return;
        }
        Table table = new Table(">PID", ">FD", "KIND", "PLACE", "PROGRAM");
        for (PerfProbe probe : probes) {
            String offset = probe.offset() == 0 ? "" : "+0x" + Long.toHexString(probe.offset());
            table.row(
                    probe.pid(),
                    probe.descriptor(),
                    kind(probe),
                    probe.name().isEmpty() ? "0x" + Long.toHexString(probe.address()) : probe.name() + offset,
                    probe.programId() + " " + ProgramNames.of(probe.programId()));
        }
        table.print(out(), "", Style.detected());
    }

    private static String kind(PerfProbe probe) {
        return probe.kind().name().toLowerCase(Locale.ROOT);
    }

    private void print(List<PerfProbe> probes) throws IOException {
        JsonWriter.print(out(), generator -> {
            generator.writeArrayFieldStart("perf");
            for (PerfProbe probe : probes) {
                generator.writeStartObject();
                generator.writeNumberField("pid", probe.pid());
                generator.writeNumberField("fd", probe.descriptor());
                generator.writeNumberField("prog_id", probe.programId());
                generator.writeStringField("fd_type", kind(probe));
                generator.writeStringField("name", probe.name());
                generator.writeNumberField("offset", probe.offset());
                generator.writeStringField("addr", "0x" + Long.toHexString(probe.address()));
                generator.writeEndObject();
            }
            generator.writeEndArray();
        });
    }
}
