package dev.skep.bench.vm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** {@link WarmUp} of a small program and of very large ones by each kind of engine, each in a fresh JVM. */
public final class WarmUpTable {
    private static final List<String> PROGRAMS = List.of("log2", "10000", "100000", "1000000");

    private WarmUpTable() {}

    /** @param arguments the checkout's root */
    public static void main(String[] arguments) throws IOException {
        printHeader();
        for (String program : PROGRAMS) {
            for (MachineKind kind : MachineKind.values()) {
                if (kind.isEngine()) {
                    printRow(program, kind, measure(Path.of(arguments[0]), kind, program));
                }
            }
        }
    }

    private static void printHeader() {
        System.out.println("Microseconds of a run, by the seconds since the first run ended, in a fresh JVM.");
        System.out.printf("%-8s  %-12s  %12s", "PROGRAM", "ENGINE", "TO FIRST MS");
        for (double moment : WarmUp.MOMENTS) {
            System.out.printf("  %9s", moment == 0 ? "FIRST" : String.format(Locale.ROOT, "%.2f S", moment));
        }
        System.out.println();
    }

    private static String[] measure(Path root, MachineKind kind, String program) throws IOException {
        return FreshJvm.output(List.of(), WarmUp.class, root.toString(), kind.label(), program)
                .split(" ");
    }

    private static void printRow(String program, MachineKind kind, String[] numbers) {
        StringBuilder row = new StringBuilder(String.format("%-8s  %-12s", program, kind.label()));
        row.append(String.format("  %12s", numbers[0]));
        for (int i = 1; i < numbers.length; i++) {
            row.append(String.format(Locale.ROOT, "  %9.1f", Double.parseDouble(numbers[i]) / 1000));
        }
        System.out.println(row);
    }
}
