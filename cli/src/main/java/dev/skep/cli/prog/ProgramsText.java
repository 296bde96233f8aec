package dev.skep.cli.prog;

import dev.skep.cli.kernel.Ids;
import dev.skep.cli.kernel.Interval;
import dev.skep.cli.kernel.Keepers;
import dev.skep.cli.link.BoundDevice;
import dev.skep.cli.output.Style;
import dev.skep.cli.output.Table;
import dev.skep.linux.info.Holder;
import dev.skep.linux.info.MapInfo;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.info.ProgramInfo;
import dev.skep.linux.info.RunCounts;
import dev.skep.linux.system.FileDescriptor;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** Prints programs for people: a line for each, or all that is known of them. */
final class ProgramsText {
    private final Keepers keepers;
    private final Style style;
    private final PrintWriter out;

    ProgramsText(Keepers keepers, Style style, PrintWriter out) {
        this.keepers = keepers;
        this.style = style;
        this.out = out;
    }

    void list(List<KernelProgram> programs) {
        Table table = new Table(">ID", "TYPE", "NAME", "TAG", ">AGE", ">BYTES", ">JITED", "MAPS", "KEPT BY");
        for (KernelProgram program : programs) {
            ProgramInfo info = program.info();
            table.row(
                    info.id(),
                    program.type(),
                    info.name().isEmpty() ? "-" : info.name(),
                    info.tag(),
                    Interval.age(program.loaded()),
                    info.translatedLength(),
                    info.compiledLength(),
                    Ids.text(info.mapIds()),
                    keepers.text(ObjectKind.PROGRAM, info.id()));
        }
        table.print(out, "", style);
    }

    void show(KernelProgram program) {
        ProgramInfo info = program.info();
        out.println(style.bold("program " + info.id() + (info.name().isEmpty() ? "" : ": " + info.name())));
        line("type", program.type() + (info.gplCompatible() ? ", GPL-compatible" : ", not GPL-compatible"));
        line("tag", info.tag().toString());
        line("loaded", program.loaded() + " by user " + Integer.toUnsignedString(info.createdBy()));
        line("code", code(program));
        line("maps", maps(info));
        line("BTF", info.btfId() == 0 ? "none" : String.valueOf(info.btfId()));
        info.device().ifPresent(device -> line("device", BoundDevice.text(device)));
        line("runs", runs(info.runs()));
        keepers.pins(ObjectKind.PROGRAM, info.id()).forEach(pin -> line("pinned", pin.toString()));
        for (Holder holder : keepers.holders(ObjectKind.PROGRAM, info.id())) {
            line("held by", holder.command() + " (" + holder.pid() + ")");
        }
    }

    private void line(String label, String text) {
        out.printf("  %-8s %s%n", label, text);
    }

    private static String code(KernelProgram program) {
        ProgramInfo info = program.info();
        return info.translatedLength() + " bytes after verification of " + info.verifiedInstructions()
                + " instructions, "
                + (info.compiledLength() == 0 ? "interpreted" : info.compiledLength() + " bytes of machine code") + ", "
                + program.memory() + " bytes of memory";
    }

    private static String maps(ProgramInfo info) {
        return info.mapIds().isEmpty()
                ? "none"
                : info.mapIds().stream().map(ProgramsText::map).collect(Collectors.joining(", "));
    }

    private static String map(int id) {
        return ObjectKind.MAP
                .find(id)
                .map(descriptor -> {
                    try (FileDescriptor open = descriptor) {
                        return id + " " + MapInfo.of(open).name();
                    }
                })
                .orElse(String.valueOf(id));
    }

    private static String runs(RunCounts runs) {
        String missed = runs.missed() == 0 ? "" : ", " + runs.missed() + " missed";
        return runs.runs() == 0
                ? "not counted (skep prog stats counts)" + missed
                : runs.runs() + " in " + Interval.text(runs.time()) + missed;
    }
}
