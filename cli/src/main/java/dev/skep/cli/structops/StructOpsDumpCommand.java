package dev.skep.cli.structops;

import dev.skep.cli.kernel.Keepers;
import dev.skep.cli.kernel.KernelCommand;
import dev.skep.cli.kernel.ObjectReference;
import dev.skep.cli.kernel.ProgramNames;
import dev.skep.cli.kernel.Words;
import dev.skep.cli.output.JsonWriter;
import dev.skep.cli.output.Style;
import dev.skep.linux.info.ObjectKind;
import dev.skep.object.btf.value.BtfValue;
import dev.skep.object.btf.value.BtfValueText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skep struct_ops dump}. */
@Command(
        name = "dump",
        description =
                "Shows what structures of functions hold: the programs that implement the functions, and the other members.",
        customSynopsis = "skep struct_ops dump [MAP] [--json]",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep struct_ops dump name congestion")
final class StructOpsDumpCommand extends KernelCommand {
    @Parameters(arity = "0..*", paramLabel = "MAP", description = "Only this one: id N, name NAME or pinned PATH.")
    private List<String> words = List.of();

    @Option(names = "--json", description = "Print one JSON object, with all members.")
    private boolean json;

    @Override
    protected void execute() throws IOException {
        Words reading = words(words);
        Optional<ObjectReference> reference = ObjectReference.readIfAny(reading, ObjectKind.MAP);
        reading.end();
        Keepers keepers = Keepers.look();
        List<KernelStructure> structures = KernelStructure.meant(reference);
        if (json) {
            JsonWriter.print(out(), generator -> {
                generator.writeArrayFieldStart("struct_ops");
                for (KernelStructure each : structures) {
                    generator.writeStartObject();
                    StructureJson.writeSummary(generator, each, keepers);
                    StructureJson.writeValue(generator, each);
                    generator.writeEndObject();
                }
                generator.writeEndArray();
            });
        } else {
            structures.forEach(this::print);
        }
    }

    private void print(KernelStructure structure) {
        out().println(Style.detected()
                .bold("struct_ops " + structure.info().id() + ": "
                        + structure.info().name() + ", struct " + structure.struct() + ", registered "
                        + structure.registration()));
        int unset = 0;
        for (BtfValue.Field member : structure.members()) {
            Optional<String> text = text(member.value());
            if (text.isPresent()) {
                out().printf("  %-16s %s%n", member.name(), text.get());
            } else {
                unset++;
            }
        }
        out().println("  (" + unset + " members are not set)");
    }

    /** Empty for a member that is zero. */
    private static Optional<String> text(BtfValue value) {
        return switch (value) {
            case BtfValue.Address(long id) when id == 0 -> Optional.empty();
            case BtfValue.Address(long id) -> Optional.of("program " + id + " " + ProgramNames.of((int) id));
            case BtfValue.Whole(var number) when number.signum() == 0 -> Optional.empty();
            case BtfValue.Struct(List<BtfValue.Field> fields)
            when fields.stream().allMatch(field -> text(field.value()).isEmpty()) -> Optional.empty();
            default -> Optional.of(BtfValueText.of(value));
        };
    }
}
