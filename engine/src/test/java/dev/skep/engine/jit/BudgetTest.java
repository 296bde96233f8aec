package dev.skep.engine.jit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineObject;
import dev.skep.engine.EngineOptions;
import dev.skep.engine.EngineProgram;
import dev.skep.engine.LoadedCode;
import dev.skep.engine.TrapException;
import dev.skep.object.assembly.Assembler;
import dev.skep.object.host.Errno;
import dev.skep.object.host.Program;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Translated programs that would not end are ended, in a time that the budget says, and those that end are not. */
class BudgetTest {
    private static final long BUDGET = 10_000_000;
    private static final Program.Input PACKET = Program.Input.packet(new byte[64]);
    private static final EngineOptions OPTIONS =
            EngineOptions.defaults().withTrustedPrograms(true).withInstructionBudget(BUDGET);

    private static void assertEnds(EngineHost host, EngineProgram program) {
        assertThat(LoadedCode.of(host, program).code().isTranslated()).isTrue();
        Instant start = Instant.now();
        assertThatThrownBy(() -> program.run(PACKET))
                .isInstanceOf(TrapException.class)
                .hasMessageContaining("ran " + BUDGET + " instructions without ending")
                .satisfies(e -> assertThat(((TrapException) e).errno()).isEqualTo(Errno.ETIME));
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            itself              => l: goto l
            in a body           => r0 = 0; l: r0 += 1; goto l
            tested at its end   => r0 = 0; l: r0 += 1; if r0 != 0 goto l; exit
            tested at its start => r0 = 0; l: if r0 == -1 goto +2; w0 += 2; goto l; exit
            back and forth      => r0 = 0; a: r0 += 1; if r0 & 1 goto b; c: goto a; b: r0 += 3; goto c
            entered twice       => r0 = *(u8 *)(r1 + 0); if r0 == 0 goto b; a: r0 += 1; b: r0 += 1; if r0 != 0 goto a; exit
            nested              => r6 = 0; a: r7 = 0; b: r7 += 1; if r7 < 100 goto b; r6 += 0; if r6 == 0 goto a; exit
            calling             => r6 = 0; l: call f; r6 += 1; if r6 != 0 goto l; exit; f: r0 = 1; exit
            calling a loop      => l: call f; goto l; f: r0 = 0; a: r0 += 1; if r0 < 10 goto a; exit
            calling a helper    => l: call bpf_get_smp_processor_id; goto l
            in a function       => call f; exit; f: r0 = 0; l: r0 += 1; goto l
            counted, four deep  => r6 = 0; a: r7 = 0; b: r8 = 0; c: r9 = 0; d: r9 += 1; if r9 < 1000 goto d; r8 += 1; \
            if r8 < 1000 goto c; r7 += 1; if r7 < 1000 goto b; r6 += 1; if r6 < 1000 goto a; r0 = 0; exit
            counts to a large number => r0 = 0; l: r0 += 1; if r0 < 0x7fffffff goto l; exit
            """)
    void endlessLoopsEnd(String shape, String code) {
        try (EngineHost host = EngineHost.open(OPTIONS)) {
            assertEnds(host, host.loadRaw(shape, Assembler.instructions("loop", code.replace(';', '\n'))));
        }
    }

    private static final String LOOPS_IN_LOOPS = """
            .program outer syscall
                    r1 = 0x100000
                    r2 = inner ll
                    r3 = 0
                    r4 = 0
                    call bpf_loop
                    exit
            .function inner
                    r1 = 0x100000
                    r2 = nothing ll
                    r3 = 0
                    r4 = 0
                    call bpf_loop
                    r0 = 0
                    exit
            .function nothing
                    r0 = 0
                    exit
            """;

    @Test
    void aLoopOfCallbacksInALoopOfCallbacksEnds() {
        try (EngineHost host = EngineHost.open(OPTIONS);
                EngineObject object = host.load(Assembler.object("loops.s", LOOPS_IN_LOOPS))) {
            assertEnds(host, object.program("outer").orElseThrow());
        }
    }

    private static final String CHAIN = """
            .map jumps prog_array key=4 value=4 entries=1
            .program chain xdp
                    r6 = r1
                    r7 = 0
            again:  r7 += 1
                    if r7 < 1000000 goto again
                    r1 = r6
                    r2 = jumps ll
                    r3 = 0
                    call bpf_tail_call
                    r0 = 7
                    exit
            """;

    /** 34 programs of two million instructions each. */
    @ParameterizedTest
    @ValueSource(longs = {10_000_000, 100_000_000})
    void tailCallsShareTheBudget(long budget) {
        try (EngineHost host = EngineHost.open(OPTIONS.withInstructionBudget(budget));
                EngineObject object = host.load(Assembler.object("chain.s", CHAIN))) {
            EngineProgram chain = object.program("chain").orElseThrow();
            object.map("jumps").orElseThrow().update(new byte[4], new byte[] {(byte) chain.id(), 0, 0, 0});
            if (budget < 68_000_000) {
                assertEnds(host, chain);
            } else {
                assertThat(chain.run(PACKET).returnValue()).isEqualTo(7);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            r0 = 0; l: r0 += 1; if r0 < 1000000 goto l; exit                                    => 2000002
            r0 = 0; r6 = 0; l: r0 += 1; r6 += 2; if r0 != 1000000 goto l; exit                   => 3000003
            r6 = 0; l: call f; r6 += 1; if r6 < 100000 goto l; exit; f: r0 = 1; r0 += 1; exit    => 600002
            """)
    void whatStaysAPercentBelowTheBudgetIsNotEnded(String code, long instructions) {
        EngineOptions options = OPTIONS.withInstructionBudget(instructions + instructions / 100);
        try (EngineHost host = EngineHost.open(options)) {
            EngineProgram program = host.loadRaw("p", Assembler.instructions("p", code.replace(';', '\n')));
            assertThat(program.run(PACKET).returnValue()).isPositive();
        }
    }

    /** A loop that counts to a number known beforehand is charged as a whole when it ends, here with two million. */
    @Test
    void whatTakesTenTimesTheBudgetIsEndedThoughItsLoopsCount() {
        String code = "r6 = 0; a: r0 = 0; l: r0 += 1; if r0 < 1000000 goto l; r6 += 1; if r6 < 50 goto a; exit";
        try (EngineHost host = EngineHost.open(OPTIONS)) {
            assertEnds(host, host.loadRaw("p", Assembler.instructions("p", code.replace(';', '\n'))));
        }
    }

    @Test
    void functionsThatCallEachOtherAreEndedByTheirDepth() {
        String code = "call a; exit; a: call b; exit; b: call a; exit";
        try (EngineHost host = EngineHost.open(OPTIONS)) {
            EngineProgram program = host.loadRaw("p", Assembler.instructions("p", code.replace(';', '\n')));
            assertThatThrownBy(() -> program.run(PACKET))
                    .isInstanceOf(TrapException.class)
                    .hasMessageContaining("calls nest deeper than 8 functions");
        }
    }
}
