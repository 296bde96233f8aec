package dev.skep.cli.attached;

import dev.skep.cli.kernel.KernelCommand;
import dev.skep.cli.kernel.ProgramNames;
import dev.skep.cli.output.JsonWriter;
import dev.skep.cli.output.Style;
import dev.skep.cli.output.Table;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code skep net list}. */
@Command(
        name = "list",
        description =
                "Lists the programs at the interfaces of this network namespace: XDP, TCX, and filters at clsact.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep net list --json")
final class NetListCommand extends KernelCommand {
    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    protected void execute() throws IOException {
        List<InterfaceHook> hooks = InterfaceHook.all();
        if (json) {
            print(hooks);
            return;
        }
        Table table = new Table("INTERFACE", "HOOK", "PROGRAM", "BY");
        for (InterfaceHook each : hooks) {
            table.row(
                    each.at().name(),
                    each.hook() + (each.mode().isEmpty() ? "" : " (" + each.mode() + ")"),
                    each.program() + " " + ProgramNames.of(each.program()),
                    each.link() == 0 ? "-" : "link " + each.link());
        }
        table.print(out(), "", Style.detected());
    }

    private void print(List<InterfaceHook> hooks) throws IOException {
        JsonWriter.print(out(), generator -> {
            generator.writeArrayFieldStart("net");
            for (InterfaceHook each : hooks) {
                generator.writeStartObject();
                generator.writeStringField("devname", each.at().name());
                generator.writeNumberField("ifindex", each.at().index());
                generator.writeStringField("kind", each.hook());
                generator.writeStringField("mode", each.mode().isEmpty() ? null : each.mode());
                generator.writeNumberField("prog_id", each.program());
                generator.writeStringField("name", ProgramNames.of(each.program()));
                generator.writeNumberField("link_id", each.link());
                generator.writeEndObject();
            }
            generator.writeEndArray();
        });
    }
}
