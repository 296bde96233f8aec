package dev.skep.bench.vm;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Prints a line for each program as it is measured: nanoseconds of the native code, ratios to it for the others. */
final class Table {
    private static final String NONE = "-";

    private final Map<MachineKind, Double> logarithms = new EnumMap<>(MachineKind.class);
    private int programs;

    Table() {
        System.out.printf("%-12s  %12s", "PROGRAM", "GCC NS");
        for (MachineKind kind : MachineKind.values()) {
            if (kind != MachineKind.NATIVE) {
                System.out.printf("  %12s", kind.name());
            }
        }
        System.out.println();
    }

    /** @param times nanoseconds, of the machines there are */
    void add(String program, Map<MachineKind, Double> times) {
        Optional<Double> gcc = Optional.ofNullable(times.get(MachineKind.NATIVE));
        String[] cells = new String[MachineKind.values().length];
        for (MachineKind kind : MachineKind.values()) {
            Optional<Double> time = Optional.ofNullable(times.get(kind));
            cells[kind.ordinal()] = time.map(nanos -> cell(kind, nanos, gcc)).orElse(NONE);
            if (time.isPresent() && gcc.isPresent()) {
                logarithms.merge(kind, Math.log(time.get() / gcc.get()), Double::sum);
            }
        }
        programs++;
        print(program, cells);
    }

    /** Without native code there is nothing to compare with, so nanoseconds are shown. */
    private static String cell(MachineKind kind, double nanos, Optional<Double> gcc) {
        if (kind == MachineKind.NATIVE) {
            return String.format(Locale.ROOT, "%.0f", nanos);
        }
        return gcc.map(base -> String.format(Locale.ROOT, "%.2f", nanos / base))
                .orElseGet(() -> String.format(Locale.ROOT, "%.0f ns", nanos));
    }

    void addGeometricMeans() {
        String[] cells = new String[MachineKind.values().length];
        for (MachineKind kind : MachineKind.values()) {
            boolean compared = kind != MachineKind.NATIVE && logarithms.containsKey(kind);
            cells[kind.ordinal()] =
                    compared ? String.format(Locale.ROOT, "%.2f", Math.exp(logarithms.get(kind) / programs)) : "";
        }
        print("(geo. mean)", cells);
    }

    private static void print(String name, String[] cells) {
        StringBuilder line = new StringBuilder(String.format("%-12s", name));
        for (String cell : cells) {
            line.append(String.format("  %12s", cell));
        }
        System.out.println(line);
    }
}
