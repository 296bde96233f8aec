package dev.skep.engine.jit;

import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineOptions;
import dev.skep.engine.EngineOptions.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/**
 * Runs random programs so often in both backends that HotSpot's C2 compiles what the JIT wrote. In a JVM of its own, see {@link
 * HotProgramsAgreeTest}. Prints a line for each program that ends differently, and at last how many were compared and how many of
 * their methods C2 compiled.
 */
final class HotRuns {
    /** More instructions than this, and the interpreter takes too long to run them so often. */
    private static final long BUDGET = 2000;

    private static final EngineOptions OPTIONS =
            EngineOptions.defaults().withTrustedPrograms(true).withSeed(7);
    private static final int C2 = 4;
    /** What a run leaves different from the first: the memory it starts from. */
    private static final int VARIANTS = 8;

    private final int runs;
    private int compared;
    private int different;

    private HotRuns(int runs) {
        this.runs = runs;
    }

    /** @param arguments the first seed, how many, how often each runs */
    public static void main(String[] arguments) throws IOException {
        long first = Long.parseLong(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        HotRuns all = new HotRuns(Integer.parseInt(arguments[2]));
        try (Recording compilations = new Recording()) {
            compilations.enable("jdk.Compilation").withThreshold(Duration.ZERO);
            compilations.start();
            for (long seed = first; seed < first + count; seed++) {
                all.compare(seed);
            }
            compilations.stop();
            System.out.println(all.compared + " compared, " + all.different + " different, "
                    + compiledByC2(compilations) + " methods by C2");
        }
    }

    private static long compiledByC2(Recording compilations) throws IOException {
        Path file = Files.createTempFile("skep-compilations", ".jfr");
        try {
            compilations.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .filter(HotRuns::isOfGeneratedCode)
                    .count();
        } finally {
            Files.delete(file);
        }
    }

    private static boolean isOfGeneratedCode(RecordedEvent event) {
        RecordedMethod method = event.getValue("method");
        return event.getShort("compileLevel") == C2
                && method.getType().getName().startsWith(Translator.class.getPackageName() + ".Program");
    }

    /** Every third program in checked mode, every third cut into parts. */
    private void compare(long seed) {
        boolean checked = seed % 3 == 1;
        int methodSize = seed % 3 == 2 ? 400 : CodeSize.PLANNED;
        String source = RandomSource.of(seed, checked);
        EngineOptions options = OPTIONS.withChecked(checked);
        try (EngineHost interpreter =
                        EngineHost.open(options.withBackend(Backend.INTERPRETER).withInstructionBudget(BUDGET));
                EngineHost translator = EngineHost.open(options.withInstructionBudget(100 * BUDGET));
                RandomObject interpreted = new RandomObject(interpreter, source, CodeSize.PLANNED);
                RandomObject translated = new RandomObject(translator, source, methodSize)) {
            byte[] memory = RandomSource.memory(seed);
            for (int run = 0; run < runs; run++) {
                byte[] changed = Arrays.copyOf(memory, memory.length);
                changed[8 * (run % VARIANTS)] += (byte) (run % VARIANTS);
                Optional<String> wanted = interpreted.run(changed);
                if (wanted.isEmpty()) {
                    return;
                }
                String got = translated.run(changed).orElse("did not end");
                if (!got.equals(wanted.get())) {
                    differs(seed, run, wanted.get(), got);
                    return;
                }
            }
            compared++;
            if (!translated.maps().equals(interpreted.maps())) {
                differs(seed, runs, interpreted.maps(), translated.maps());
            }
        }
    }

    private void differs(long seed, int run, String wanted, String got) {
        different++;
        System.out.println("seed " + seed + ", run " + run + "\n  interpreter " + wanted + "\n  JIT         " + got);
    }
}
