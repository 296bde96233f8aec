package dev.skep.trace.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Variables that both branches of a condition assign are there behind it, with a warning. */
class BranchVariablesTest {
    private static final String WARNING = "$a is used after the branches that assign it";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN { if (rand > 1) { $a = 1; } else { $a = 2; } print($a); }",
                "BEGIN { if (rand > 1) { $a = \"one\"; } else { $b = 3; $a = \"two\"; } if (cpu == 0) { print($a); } }",
                "BEGIN { if (rand > 1) { $a = 1; } else if (rand > 2) { $a = 2; } else { $a = 3; } $a += 4; print($a); }",
                "BEGIN { while (rand > 1) { if (pid) { $a = 1; } else { $a = 2; } @[$a] = 1; } }",
            })
    void theyOutliveTheBranches(String script) {
        assertThat(Scripts.errors(script)).contains("WARNING: " + WARNING).doesNotContain("ERROR");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN { if (rand > 1) { $a = 1; } else { $b = 2; } print($a); }",
                "BEGIN { if (rand > 1) { $a = 1; } print($a); }",
                "BEGIN { if (1) { $a = 1; } else { $a = 2; } print($a); }",
                "BEGIN { if (rand > 1) { let $a = 1; } else { $a = 2; } print($a); }",
            })
    void theOthersDoNot(String script) {
        assertThat(Scripts.errors(script)).contains("ERROR: Undefined or undeclared variable: $a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN { if (rand > 1) { $a = 1; } else { $a = 2; } $a = \"text\"; print($a); }",
                "BEGIN { $a = 0; if (rand > 1) { $a = 1; } else { $a = 2; } print($a); }",
                "BEGIN { if (rand > 1) { $a = 1; } else { $a = 2; } if (cpu) { $a = \"x\"; print($a); } }",
            })
    void nothingIsSaidOfThoseThatNobodyReads(String script) {
        assertThat(Scripts.errors(script)).doesNotContain(WARNING, "ERROR");
    }
}
