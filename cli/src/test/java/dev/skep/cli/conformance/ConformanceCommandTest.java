package dev.skep.cli.conformance;

import static dev.skep.cli.SkepInside.skep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.cli.SkepInside.Result;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConformanceCommandTest {
    private static final String EXIT = "95 00 00 00 00 00 00 00";
    /** {@code r0 = *(u8 *)(r1 + 1)}. */
    private static final String SECOND_BYTE = "71 10 01 00 00 00 00 00 ";
    /** {@code r0 = r2}. */
    private static final String LENGTH = "bf 20 00 00 00 00 00 00 ";

    private static Result conformance(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of("conformance"));
        command.addAll(List.of(arguments));
        return skep(program.getBytes(StandardCharsets.US_ASCII), command.toArray(String[]::new));
    }

    @Test
    void r0IsPrintedInHexadecimalDigits() {
        assertThat(conformance("b7000000ffffffff" + EXIT).expectSuccess()).isEqualTo("ffffffffffffffff\n");
        assertThat(conformance("b7 00 00 00 00 00 00 00\n" + EXIT + "\n", "--interpret")
                        .expectSuccess())
                .isEqualTo("0\n");
    }

    @Test
    void theProgramGetsTheMemoryAndItsLength() {
        assertThat(conformance(SECOND_BYTE + EXIT, "aa bb cc").expectSuccess()).isEqualTo("bb\n");
        assertThat(conformance(LENGTH + EXIT, "aabbcc", "--interpret").expectSuccess())
                .isEqualTo("3\n");
        assertThat(conformance(LENGTH + EXIT, "").expectSuccess()).isEqualTo("0\n");
    }

    @Test
    void theFormsThatRunnersUseAreUnderstood() {
        String twoSpaces = LENGTH.replace(" ", "  ") + EXIT.replace(" ", "  ") + "  \n";

        assertThat(conformance(twoSpaces, "aa  bb  ").expectSuccess()).isEqualTo("2\n");
        assertThat(conformance(twoSpaces, "aa  bb  ", "").expectSuccess()).isEqualTo("2\n");
        assertThat(conformance(twoSpaces, "", "").expectSuccess()).isEqualTo("0\n");
        assertThat(conformance(twoSpaces, "--interpret").expectSuccess()).isEqualTo("0\n");
        assertThat(conformance(twoSpaces, "--jit").expectSuccess()).isEqualTo("0\n");
        assertThat(conformance(twoSpaces, "aa", "bb").expectBadInput()).contains("one argument too many");
    }

    @Test
    void whatCannotBeAnsweredIsRefused() {
        for (String way : List.of("--interpret", "--jit")) {
            assertThat(conformance(SECOND_BYTE + EXIT, "aa", way))
                    .satisfies(r -> assertThat(r.exitCode()).isEqualTo(1))
                    .satisfies(r -> assertThat(r.out()).isEmpty())
                    .satisfies(r -> assertThat(r.err()).contains("reads 1 byte"));
        }
        assertThat(conformance("ff 00 00 00 00 00 00 00").expectBadInput()).contains("unknown opcode 0xff");
        assertThat(conformance("b7 00").expectBadInput()).contains("not a multiple of 8");
        assertThat(conformance(EXIT, "xy").expectBadInput()).startsWith("MEMORY_HEX: ");
        assertThat(conformance(EXIT, "--jit", "--interpret").exitCode()).isEqualTo(2);
        assertThat(conformance("").exitCode()).isEqualTo(2);
    }
}
