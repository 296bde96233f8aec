package dev.skep.verifier.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogLinesTest {
    private static final String LINE = "3: (71) r1 = *(u8 *)(r2 +23)";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "   3: (71) r1 = *(u8 *)(r2 +23)   ",
                "libbpf: 3: (71) r1 = *(u8 *)(r2 +23)",
                "[   12.345678] 3: (71) r1 = *(u8 *)(r2 +23)",
                "[15:44:13.162] 3: (71) r1 = *(u8 *)(r2 +23)",
                "Mar 21 11:01:44 host loader[17]: 3: (71) r1 = *(u8 *)(r2 +23)",
                "2024-08-27T02:38:37Z ERROR 3: (71) r1 = *(u8 *)(r2 +23)",
                "2024/08/27 02:38:37 3: (71) r1 = *(u8 *)(r2 +23)",
                "WARN  libbpf: 3: (71) r1 = *(u8 *)(r2 +23)",
                "    load_test.go:238: \t3: (71) r1 = *(u8 *)(r2 +23)",
                "> | 3: (71) r1 = *(u8 *)(r2 +23)",
                "\u001b[31m3: (71) r1 = *(u8 *)(r2 +23)\u001b[0m",
                "time=\"02:38\" level=error msg=\"3: (71) r1 = *(u8 *)(r2 +23)\" subsys=bpf",
                "{\"level\":\"warn\",\"msg\":\"3: (71) r1 = *(u8 *)(r2 +23)\"}",
                "loading failed. Verifier output: 3: (71) r1 = *(u8 *)(r2 +23)",
                "3: (71) r1 = *(u8 *)(r2 +23) (17 line(s) omitted)"
            })
    void whatToolsPutAroundALineIsTakenAway(String printed) {
        assertThat(LogLines.of(printed)).containsExactly(LINE);
    }

    @Test
    void entitiesAreCharacters() {
        assertThat(LogLines.of("5: (2d) if r3 &gt; r2 goto pc+4")).containsExactly("5: (2d) if r3 > r2 goto pc+4");
    }

    @Test
    void escapedLineEndsAreLineEnds() {
        assertThat(LogLines.of("error: 0: (b7) r0 = 0\\n1: (95) exit\\nprocessed 2 insns"))
                .containsExactly("error:", "0: (b7) r0 = 0", "1: (95) exit", "processed 2 insns");
    }

    @Test
    void whatTheSourceEscapesStays() {
        assertThat(LogLines.of("; bpf_printk(\"it is\\nhere\"); @ a.c:3"))
                .containsExactly("; bpf_printk(\"it is\\nhere\"); @ a.c:3");
    }

    @Test
    void linesPutInOneAreSeparated() {
        assertThat(LogLines.of("0: R1=ctx() R10=fp0 ; int f(void) 0: (bf) r6 = r1 1: R6_w=ctx() 1: (95) exit"))
                .containsExactly(
                        "0: R1=ctx() R10=fp0", "; int f(void)", "0: (bf) r6 = r1", "1: R6_w=ctx()", "1: (95) exit");
    }

    @Test
    void aMessageBehindItsInstructionIsSeparated() {
        assertThat(LogLines.of(
                        "load program: permission denied: 9: (71) r1 = *(u8 *)(r9 +2): R9 invalid mem access 'inv'"))
                .containsExactly(
                        "load program: permission denied:",
                        "9: (71) r1 = *(u8 *)(r9 +2)",
                        "R9 invalid mem access 'inv'");
    }

    @Test
    void aMessageWithoutALineEndIsSeparatedFromTheStatistics() {
        assertThat(LogLines.of("expected prog array map for tail callprocessed 3 insns (limit 1000000)"))
                .containsExactly("expected prog array map for tail call", "processed 3 insns (limit 1000000)");
    }

    @Test
    void whatIsOnlySpokenOfIsNoInstruction() {
        String line = "regs=10 stack=0 before 994: (67) r4 <<= 32";
        assertThat(LogLines.of(line)).containsExactly(line);
        assertThat(LogLines.of("from 1 to 4: R1=ctx() R10=fp0")).hasSize(1);
    }
}
