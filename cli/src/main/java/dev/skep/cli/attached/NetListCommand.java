package dev.skep.cli.attached;

import dev.skep.cli.kernel.KernelCommand;
import dev.skep.cli.kernel.ProgramNames;
import dev.skep.cli.kernel.Words;
import dev.skep.cli.output.JsonWriter;
import dev.skep.cli.output.Style;
import dev.skep.cli.output.Table;
import dev.skep.linux.netlink.Interfaces;
import dev.skep.linux.netlink.NetworkInterface;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skep net list}. */
@Command(
        name = "list",
        aliases = "show",
        description =
                "Lists the programs at the interfaces of this network namespace: XDP, TCX, and filters at clsact.",
        customSynopsis = "skep net list [dev INTERFACE] [--json]",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep net list --json")
final class NetListCommand extends KernelCommand {
    @Parameters(arity = "0..*", paramLabel = "dev INTERFACE", description = "Only this interface.")
    private List<String> words = List.of();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    protected void execute() throws IOException {
        Words reading = words(words);
        Predicate<InterfaceHook> wanted = _ -> true;
        if (reading.take("dev")) {
            NetworkInterface only = Interfaces.named(reading.next("the interface"));
            wanted = hook -> hook.at().index() == only.index();
        }
        reading.end();
        List<InterfaceHook> hooks = InterfaceHook.all().stream().filter(wanted).toList();
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
