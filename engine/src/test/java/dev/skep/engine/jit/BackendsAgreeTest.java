package dev.skep.engine.jit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineOptions;
import dev.skep.engine.EngineOptions.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The JIT computes what the interpreter computes: random objects with loops of many shapes, calls, maps, callbacks and tail calls
 * leave the same in r0, in memory and in maps.
 *
 * <p>{@code -Dskep.random.programs=100000} runs that many, a fifth of them in each mode: the long run, of half an hour.
 */
class BackendsAgreeTest {
    private static final int PROGRAMS = Integer.getInteger("skep.random.programs", 1500) / 5;
    private static final int BATCH = 25;
    private static final long BUDGET = 100_000;

    /** The JIT charges a loop or a function as a whole, so it may take a run for longer than it was. */
    private static final EngineOptions OPTIONS =
            EngineOptions.defaults().withTrustedPrograms(true).withSeed(7);

    private static final EngineOptions INTERPRETED =
            OPTIONS.withBackend(Backend.INTERPRETER).withInstructionBudget(BUDGET);
    private static final EngineOptions TRANSLATED = OPTIONS.withInstructionBudget(100 * BUDGET);

    @ParameterizedTest
    @CsvSource({"false, 0", "true, 1000000"})
    void randomProgramsEndAlike(boolean checked, long firstSeed) {
        check(checked, firstSeed, CodeSize.PLANNED);
    }

    @ParameterizedTest
    @CsvSource({"false, 2000000, 400", "true, 3000000, 600", "false, 4000000, 1"})
    void randomProgramsCutIntoPartsEndAlike(boolean checked, long firstSeed, int methodSize) {
        check(checked, firstSeed, methodSize);
    }

    private static void check(boolean checked, long firstSeed, int methodSize) {
        List<String> differences = new ArrayList<>();
        int compared = 0;
        for (long first = firstSeed; first < firstSeed + PROGRAMS; first += BATCH) {
            long end = Math.min(first + BATCH, firstSeed + PROGRAMS);
            compared += compare(first, end, new CodeSize(methodSize, checked), differences);
        }

        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(PROGRAMS * 9 / 10);
    }

    /** Compares until a program takes too long, which leaves the two engines different. @return how many programs were */
    private static int compare(long first, long end, CodeSize sizes, List<String> differences) {
        try (EngineHost interpreter = EngineHost.open(INTERPRETED.withChecked(sizes.checked()));
                EngineHost translator = EngineHost.open(TRANSLATED.withChecked(sizes.checked()))) {
            for (long seed = first; seed < end; seed++) {
                String source = RandomSource.of(seed, sizes.checked());
                byte[] memory = RandomSource.memory(seed);
                Optional<String> wanted = outcome(interpreter, source, memory, CodeSize.PLANNED);
                if (wanted.isEmpty()) {
                    return (int) (seed - first);
                }
                String got =
                        outcome(translator, source, memory, sizes.planned()).orElse("did not end");
                if (!got.equals(wanted.get())) {
                    differences.add("seed " + seed + "\n  interpreter " + wanted.get() + "\n  JIT         " + got);
                }
            }
            return (int) (end - first);
        }
    }

    /** What running {@code main} leaves behind; empty if it took too long. */
    static Optional<String> outcome(EngineHost host, String source, byte[] memory, int methodSize) {
        try (RandomObject object = new RandomObject(host, source, methodSize)) {
            return object.run(memory).map(ended -> ended + object.maps());
        }
    }
}
