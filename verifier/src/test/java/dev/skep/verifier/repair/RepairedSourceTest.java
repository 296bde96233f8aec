package dev.skep.verifier.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.NeedsTool;
import dev.skep.verifier.Fix;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Rejection;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Typical mistakes in C: we name the cause and the line to change, and the source with our fix in it is compiled and accepted. */
@NeedsTool("clang-19")
class RepairedSourceTest {
    private static final List<String> FILES =
            List.of("packet", "pointers", "values", "calls", "frames", "loops", "structured");

    /** No change of instructions repairs these: a variable has to be moved to a map. */
    private static final Set<String> NOT_REPAIRED = Set.of("two_large_frames");

    /** The instructions are repaired, but the change cannot be said in C: a function's first line is not recorded; inline assembly. */
    private static final Set<String> NOT_IN_C =
            Set.of("a_global_function_takes_anything", "a_program_without_a_result", "a_register_is_read_after_a_call");

    /** A function's first line is not recorded: the call that fails is named. */
    private static final Set<String> OTHER_LINE = Set.of("a_global_function_takes_anything");

    @TempDir
    private static Path folder;

    /** A program and how it is rejected. */
    private record Case(Mistakes file, String program, Rejection rejection) {}

    private static final Map<String, Case> CASES = new TreeMap<>();

    @BeforeAll
    static void verify() {
        for (String name : FILES) {
            Mistakes file = new Mistakes(name, folder);
            file.verdicts().forEach((program, verdict) -> {
                assertThat(verdict).as(program).isInstanceOf(ProgramVerdict.Rejected.class);
                CASES.put(program, new Case(file, program, ((ProgramVerdict.Rejected) verdict).rejection()));
            });
        }
    }

    private static Set<String> unlike(BiPredicate<Case, Rejection> expected) {
        Set<String> unlike = new TreeSet<>();
        CASES.forEach((program, each) -> {
            if (!expected.test(each, each.rejection())) {
                unlike.add(program);
            }
        });
        return unlike;
    }

    @Test
    void theCauseIsTheExpectedOne() {
        assertThat(CASES).hasSizeGreaterThanOrEqualTo(75);
        assertThat(unlike((each, rejection) ->
                        rejection.cause().id().equals(each.file().causes().get(each.program()))))
                .isEmpty();
    }

    @Test
    void theLineToChangeIsTheMarkedOne() {
        assertThat(unlike((each, rejection) -> each.file().marks().getOrDefault(each.program(), 0)
                        == rejection.rootCause().line()))
                .isEqualTo(OTHER_LINE);
    }

    @Test
    void aRepairOfTheInstructionsIsFoundAndVerified() {
        assertThat(unlike((each, rejection) -> rejection.fixes().stream().anyMatch(Fix::verified)))
                .isEqualTo(NOT_REPAIRED);
    }

    @Test
    void theSourceWithTheFixIsCompiledAndAccepted() {
        Set<String> expected = new TreeSet<>(NOT_REPAIRED);
        expected.addAll(NOT_IN_C);
        Set<String> notAccepted = new TreeSet<>(CASES.keySet());
        CASES.values().stream()
                .map(Case::file)
                .distinct()
                .forEach(file -> notAccepted.removeAll(file.accepted(written(file))));

        assertThat(notAccepted).isEqualTo(expected);
    }

    @Test
    void everydayCodeOfTheCorpusIsAcceptedWithItsFixes() {
        Mistakes everyday = Mistakes.ofCorpus("everyday", folder);
        Map<String, List<Fix>> fixes = new TreeMap<>();
        Set<String> rejected = new TreeSet<>();
        everyday.verdicts().forEach((program, verdict) -> {
            if (verdict instanceof ProgramVerdict.Rejected no) {
                rejected.add(program);
                if (isWritten(no.rejection())) {
                    fixes.put(program, no.rejection().fixes());
                }
            }
        });
        rejected.removeAll(everyday.accepted(fixes));

        assertThat(rejected).as("a write to a constant is no slip").containsExactly("constant_is_written");
    }

    private static Map<String, List<Fix>> written(Mistakes file) {
        Map<String, List<Fix>> fixes = new TreeMap<>();
        CASES.values().stream()
                .filter(each -> each.file().equals(file) && isWritten(each.rejection()))
                .forEach(each -> fixes.put(each.program(), each.rejection().fixes()));
        return fixes;
    }

    /** All of its fixes are verified and can be written down. */
    private static boolean isWritten(Rejection rejection) {
        return !rejection.fixes().isEmpty()
                && rejection.fixes().stream()
                        .allMatch(fix -> fix.verified() && !fix.code().isEmpty());
    }
}
