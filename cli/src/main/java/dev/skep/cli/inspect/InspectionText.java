package dev.skep.cli.inspect;

import dev.skep.cli.output.Style;
import dev.skep.cli.output.Table;
import dev.skep.cli.types.Global;
import dev.skep.cli.types.MapFlags;
import dev.skep.cli.types.TypeName;
import dev.skep.object.BpfObject;
import dev.skep.object.btf.BtfKind;
import dev.skep.object.btf.value.BtfValueText;
import dev.skep.object.elf.Section;
import dev.skep.object.map.MapSpec;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ExternSpec;
import dev.skep.object.program.ProgramSpec;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints an {@link Inspection} for people. */
final class InspectionText {
    private static final int VALUE_WIDTH = 60;

    private final Inspection inspection;
    private final BpfObject object;
    private final Style style;
    private final PrintWriter out;

    InspectionText(Inspection inspection, Style style, PrintWriter out) {
        this.inspection = inspection;
        this.object = inspection.object();
        this.style = style;
        this.out = out;
    }

    void print() {
        out.println(style.bold(object.name()) + ": "
                + (object.license().isEmpty() ? "no license" : "license " + object.license()));
        section("Programs", programs());
        section("Maps", maps());
        section("Globals", globals());
        section("Externs", externs());
        section("Sections", sections());
        out.println();
        out.println(style.bold("Types: ") + typeSummary());
        printRelocations();
    }

    private void section(String title, Table table) {
        out.println();
        if (table.isEmpty()) {
            out.println(style.bold(title + ":") + " none");
        } else {
            out.println(style.bold(title + ":"));
            table.print(out, "  ", style);
        }
    }

    private Table programs() {
        Table table = new Table("NAME", "TYPE", "SECTION", "ATTACH", ">INSTRUCTIONS", ">FUNCTIONS");
        for (ProgramSpec program : object.programs()) {
            var image = inspection.image(program);
            table.row(
                    program.name(),
                    program.type(),
                    program.section(),
                    attach(program),
                    image.instructions().slotCount(),
                    image.functions().size());
        }
        return table;
    }

    private static String attach(ProgramSpec program) {
        String type = program.expectedAttachType().map(AttachType::toString).orElse("");
        String target = program.attachTarget().orElse("");
        String both = type.isEmpty() || target.isEmpty() ? type + target : type + " " + target;
        return (both.isEmpty() ? "-" : both) + (program.autoload() ? "" : " (not loaded by default)");
    }

    private Table maps() {
        Table table = new Table("NAME", "TYPE", "KEY", "VALUE", ">ENTRIES", "FLAGS");
        for (MapSpec map : object.maps()) {
            String flags = String.join(" ", MapFlags.names(map.flags()));
            String pinned = map.pinning() == MapSpec.Pinning.NONE ? "" : " pinned by name";
            table.row(
                    map.name(),
                    map.type(),
                    size(map.keyType(), map.keySize()),
                    map.inner()
                            .map(inner -> "map " + inner.type())
                            .orElseGet(() -> size(map.valueType(), map.valueSize())),
                    Integer.toUnsignedString(map.maxEntries()),
                    (flags + pinned).strip());
        }
        return table;
    }

    private String size(int typeId, int bytes) {
        if (bytes == 0) {
            return "-";
        }
        String name = typeId == 0 ? "" : TypeName.of(object.btf(), typeId) + ", ";
        return name + bytes + (bytes == 1 ? " byte" : " bytes");
    }

    private Table globals() {
        GlobalValues values = new GlobalValues(object);
        Table table = new Table("NAME", "SECTION", "TYPE", ">BYTES", "STARTS AS");
        for (Global global : Global.of(object)) {
            table.row(
                    global.name(),
                    global.map().name(),
                    TypeName.of(object.btf(), global.typeId()),
                    global.size(),
                    shortened(BtfValueText.of(values.of(global))));
        }
        return table;
    }

    private static String shortened(String value) {
        return value.length() <= VALUE_WIDTH ? value : value.substring(0, VALUE_WIDTH - 3) + "...";
    }

    private Table externs() {
        Table table = new Table("NAME", "KIND", "WEAK");
        for (ExternSpec extern : object.externs()) {
            String kind = switch (extern) {
                case ExternSpec.Kconfig _ -> "kernel configuration";
                case ExternSpec.KernelVariable _ -> "kernel variable";
                case ExternSpec.KernelFunction _ -> "kernel function";
            };
            table.row(extern.name(), kind, extern.weak() ? "yes" : "no");
        }
        return table;
    }

    private Table sections() {
        Table table = new Table(">INDEX", "NAME", ">BYTES", ">RELOCATIONS");
        for (Section section : inspection.elf().sections()) {
            if (section.index() > 0) {
                table.row(
                        section.index(),
                        section.name(),
                        section.size(),
                        section.relocations().size());
            }
        }
        return table;
    }

    private String typeSummary() {
        int count = object.btf().typeCount() - 1;
        if (count == 0) {
            return "none (compile with clang -g to get them)";
        }
        Map<BtfKind, Integer> kinds = new EnumMap<>(BtfKind.class);
        for (int id = 1; id <= count; id++) {
            kinds.merge(object.btf().kind(id), 1, Integer::sum);
        }
        return count
                + kinds.entrySet().stream()
                        .map(kind -> kind.getKey().name().toLowerCase(Locale.ROOT) + " " + kind.getValue())
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private void printRelocations() {
        out.println();
        int count = inspection.relocationCount();
        String heading = style.bold("CO-RE relocations: ");
        if (count == 0) {
            out.println(heading + "none");
        } else if (inspection.target().isEmpty()) {
            out.println(heading + count
                    + ", not resolved: this machine has no /sys/kernel/btf/vmlinux; name types with --btf");
        } else {
            out.println(
                    heading + count + " against " + inspection.target().get().name() + ", " + summary());
            for (Inspection.Outcome outcome : inspection.outcomes()) {
                Inspection.Status status = Inspection.Status.of(outcome.result());
                String word = status.name().toLowerCase(Locale.ROOT);
                out.println("  " + paint(status, "%-9s".formatted(word)) + " "
                        + outcome.result().message());
            }
        }
    }

    private String summary() {
        List<Inspection.Status> statuses = inspection.outcomes().stream()
                .map(outcome -> Inspection.Status.of(outcome.result()))
                .toList();
        return statuses.stream()
                .distinct()
                .sorted()
                .map(status -> statuses.stream().filter(status::equals).count() + " "
                        + status.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private String paint(Inspection.Status status, String text) {
        return switch (status) {
            case RESOLVED -> style.green(text);
            case ABSENT -> style.yellow(text);
            case POISONED, AMBIGUOUS, INVALID -> style.red(text);
        };
    }
}
