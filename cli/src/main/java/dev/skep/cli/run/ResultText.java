package dev.skep.cli.run;

import dev.skep.cli.output.Style;
import dev.skep.cli.output.Table;
import dev.skep.object.btf.value.BtfValue;
import dev.skep.object.btf.value.BtfValueText;
import dev.skep.object.map.MapType;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Prints a {@link RunResult} for people. */
final class ResultText {
    /** Entries of a map that are printed; {@code --json} prints all. */
    private static final int MAX_ENTRIES = 12;

    private final RunResult result;
    private final Style style;
    private final PrintWriter out;

    ResultText(RunResult result, Style style, PrintWriter out) {
        this.result = result;
        this.style = style;
        this.out = out;
    }

    void print() {
        Optional<String> live = result.networkInterface();
        out.println(style.bold(result.program().name()) + " ("
                + result.program().type() + ")"
                + live.map(name -> " on " + name).orElse("") + ": " + counted(result.packets(), "packet")
                + (live.isPresent() ? "" : ", " + counted(result.bytes(), "byte")) + " in "
                + String.format(
                        Locale.ROOT, "%.3f s, %,d packets/s", result.seconds(), Math.round(result.packetsPerSecond())));
        if (live.isEmpty()) {
            out.println();
            printVerdicts();
        }
        if (!result.maps().isEmpty()) {
            out.println();
            out.println(style.bold("Maps:"));
            result.maps().forEach(this::printMap);
        }
        if (!result.globals().isEmpty()) {
            out.println();
            out.println(style.bold("Globals:"));
            for (GlobalContents global : result.globals()) {
                out.println("  " + global.global().name() + " = " + BtfValueText.of(global.value()));
            }
        }
    }

    private void printVerdicts() {
        Table table = new Table("VERDICT", ">PACKETS", ">SHARE", ">BYTES");
        for (VerdictCount count : result.verdicts()) {
            table.painted(
                    name -> paint(count.verdict().fate(), name),
                    count.verdict().name(),
                    String.format(Locale.ROOT, "%,d", count.packets()),
                    String.format(Locale.ROOT, "%.1f %%", 100.0 * count.packets() / result.packets()),
                    String.format(Locale.ROOT, "%,d", count.bytes()));
        }
        table.print(out, "  ", style);
    }

    private String paint(Verdict.Fate fate, String name) {
        return switch (fate) {
            case PASSES -> style.green(name);
            case DROPPED -> style.red(name);
            case SENT -> style.yellow(name);
        };
    }

    private void printMap(MapContents map) {
        List<MapContents.Entry> shown = isArray(map.spec().type())
                ? map.entries().stream().filter(entry -> !entry.zero()).toList()
                : map.entries();
        int zeros = map.entries().size() - shown.size();
        out.println("  " + style.bold(map.spec().name()) + " ("
                + map.spec().type().name().toLowerCase(Locale.ROOT) + ", "
                + map.events().map(ResultText::text).orElseGet(() -> entryCount(map, shown.size()))
                + (zeros > 0 ? " and " + String.format(Locale.ROOT, "%,d", zeros) + " of zeros" : "") + ")");
        for (MapContents.Entry entry : shown.subList(0, Math.min(MAX_ENTRIES, shown.size()))) {
            out.println("    " + text(entry));
        }
        if (shown.size() > MAX_ENTRIES) {
            out.println("    " + style.dim("... and " + (shown.size() - MAX_ENTRIES) + " more; --json prints all"));
        }
    }

    private static boolean isArray(MapType type) {
        return switch (type) {
            case ARRAY, PERCPU_ARRAY -> true;
            default -> false;
        };
    }

    private static String entryCount(MapContents map, int shown) {
        if (!map.listed()) {
            return "cannot be listed";
        }
        return shown == 0 ? "empty" : counted(shown, "entry");
    }

    private static String text(Events.Count events) {
        return counted(events.records(), "record") + " of " + counted(events.bytes(), "byte")
                + (events.lost() > 0 ? ", " + counted(events.lost(), "record") + " lost" : "");
    }

    private static String text(MapContents.Entry entry) {
        String value = entry.value()
                .or(() -> Optional.of(BtfValue.Sequence.of(entry.perCpu())))
                .map(BtfValueText::of)
                .orElse("");
        return entry.key().map(key -> BtfValueText.of(key) + ": " + value).orElse(value);
    }

    private static String counted(long number, String noun) {
        String plural = noun.endsWith("y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? noun : plural);
    }
}
