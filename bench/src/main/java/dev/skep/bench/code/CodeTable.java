package dev.skep.bench.code;

import dev.skep.compiler.Compiler;
import dev.skep.compiler.code.Target;
import dev.skep.compiler.java.ClassSource;
import dev.skep.compiler.java.JavaFrontEnd;
import dev.skep.object.BpfObject;
import dev.skep.object.file.ObjectReader;
import dev.skep.object.image.ProgramImageBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Prints, for each program, the instructions and the time of a run of what our compiler makes of the Java class and of what clang made
 * of the C source, and how long compiling the class takes once the compiler is warm.
 */
public final class CodeTable {
    private static final int COMPILATIONS = 60;
    private static final String ROW = "%-10s %7s %7s %6s  %10s %10s %6s  %9s%n";

    private final Path root;
    private double instructionLogarithms;
    private double timeLogarithms;
    private int timed;

    private CodeTable(Path root) {
        this.root = root;
    }

    /** @param arguments the checkout's root, names of programs (none for all) */
    public static void main(String[] arguments) throws IOException {
        List<String> names = List.of(arguments).subList(1, arguments.length);
        List<CodePair> pairs = CodePair.ALL.stream()
                .filter(pair -> names.isEmpty() || names.contains(pair.name()))
                .toList();
        CodeTable table = new CodeTable(Path.of(arguments[0]));
        System.out.printf(ROW, "PROGRAM", "JAVA", "CLANG", "RATIO", "JAVA NS", "CLANG NS", "RATIO", "COMPILE");
        for (CodePair pair : pairs) {
            table.measure(pair);
        }
        System.out.printf(
                ROW,
                "(geo. mean)",
                "",
                "",
                ratio(Math.exp(table.instructionLogarithms / pairs.size())),
                "",
                "",
                table.timed == 0 ? "-" : ratio(Math.exp(table.timeLogarithms / table.timed)),
                "");
    }

    private void measure(CodePair pair) throws IOException {
        Path file = pair.object(root);
        BpfObject clang = ObjectReader.read(Files.readAllBytes(file), file.toString());
        BpfObject java = compile(pair);
        double instructions = slots(java);
        double theirs = slots(clang);
        instructionLogarithms += Math.log(instructions / theirs);
        Optional<RunTimes> times = RunTimes.measure(pair.name(), java, clang);
        times.ifPresent(both -> {
            timeLogarithms += Math.log(both.ratio());
            timed++;
        });
        System.out.printf(
                ROW,
                pair.name(),
                (int) instructions,
                (int) theirs,
                ratio(instructions / theirs),
                times.map(both -> String.format("%.0f", both.java())).orElse("-"),
                times.map(both -> String.format("%.0f", both.clang())).orElse("-"),
                times.map(both -> ratio(both.ratio())).orElse("-"),
                String.format("%.1f ms", compileMillis(pair)));
    }

    private static String ratio(double value) {
        return String.format("%.2f", value);
    }

    private static BpfObject compile(CodePair pair) {
        ClassSource classes = ClassSource.of(pair.java().getClassLoader());
        return Compiler.compile(JavaFrontEnd.read(classes, pair.java().getName().replace('.', '/')), Target.DEFAULT);
    }

    private static double compileMillis(CodePair pair) {
        long[] times = new long[COMPILATIONS];
        for (int i = 0; i < COMPILATIONS; i++) {
            long start = System.nanoTime();
            compile(pair);
            times[i] = System.nanoTime() - start;
        }
        Arrays.sort(times, COMPILATIONS / 2, COMPILATIONS);
        return times[COMPILATIONS * 3 / 4] / 1e6;
    }

    /** Of the program with all functions that it calls. */
    private static int slots(BpfObject object) {
        return ProgramImageBuilder.build(object, object.programs().getFirst())
                .instructions()
                .slotCount();
    }
}
