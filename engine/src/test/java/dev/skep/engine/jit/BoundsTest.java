package dev.skep.engine.jit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineObject;
import dev.skep.engine.EngineOptions;
import dev.skep.engine.EngineOptions.Backend;
import dev.skep.engine.TrapException;
import dev.skep.object.assembly.Assembler;
import dev.skep.object.host.Program;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the JIT believes of values and loops holds where programs go to the limits of numbers. */
class BoundsTest {
    private static final long BUDGET = 1_000_000;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // A loop that starts beyond its bound.
                "r1 = 2147483647; r1 += 1; if r1 < 10 goto -2; r0 = r1; exit | 0 | 0",
                "r1 = 2147483647; r1 += 32767; r0 = *(u8 *)(r1 + 0); if r1 < 10 goto -3; exit | 0 | 0",
                // A bound that a signed number cannot exceed: it never ends.
                "w1 = 0; w1 += 32767; if w1 s<= 2147483647 goto -2; r0 = 0; exit | 0 | 0",
                // A counter past the largest int, again and again.
                "r1 = 0; r1 += 32767; if r1 < 2147483647 goto -2; goto -4 | 0 | 0",
                // 32-bit shifts by 32 and more shift by less.
                "r1 = *(u32 *)(r1 + 0); w2 = -1; w1 &= w2; w3 = 32; w1 >>= w3; r0 = *(u8 *)(r1 + 0); exit | 2147483648 | 0",
                // A lower half that starts near its end, and a comparison of lower halves.
                "r1 = *(u64 *)(r1 + 0); w1 &= -8; r1 += 8; w2 = w1; w2 += 16; if w2 <= 63 goto -4; r0 = r1; exit | 4294967288 | 0",
            })
    void programsAtTheLimitsOfNumbersEndAlike(String text, long first, long second) {
        assertThat(outcome(Backend.JIT, text, first, second))
                .isEqualTo(outcome(Backend.INTERPRETER, text, first, second));
    }

    /** Memory safety must not hang on what a register was before a call: the value merged with it is anything. */
    @Test
    void whatACallLeavesBehindIsNoAddress() {
        String text =
                "r6 = *(u64 *)(r1 + 0); r7 = *(u64 *)(r1 + 8); r1 = r7; *(u64 *)(r10 - 8) = r1; if r6 == 0 goto +2; "
                        + "call 5; goto +1; w1 = 65536; r0 = *(u64 *)(r1 + 0); r6 += -1; if r6 != 100 goto -8; exit";

        assertThat(outcome(Backend.JIT, text, 0x65, 0x1234_5678_9000L)).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // A function without loops, called often.
                "r6 = 0; r1 = r6; call pc+3; r6 += 1; if r6 < 1000000 goto -4; exit; r0 = r1; BODY exit | 360",
                // One that is too large for a method.
                "r6 = 0; r1 = r6; call pc+3; r6 += 1; if r6 < 5000 goto -4; exit; r0 = r1; BODY exit | 3000",
                // Loops that end by a packet that is too short.
                "r6 = 0; call pc+4; r6 += 1; if r6 < 100 goto -3; r0 = 7; exit; r7 = 0; r7 += 1; if r7 != 700000 goto +1; "
                        + "r0 = *(u8 *)skb[5000]; if r7 < 700001 goto -4; exit | 0",
            })
    void noWayAroundTheBudget(String text, int bodyLength) {
        String program = text.replace("BODY", "r0 *= 3; r0 += r1; ".repeat(bodyLength / 2));

        assertThat(outcome(Backend.JIT, program, 0, 0)).isEqualTo("ETIME");
        assertThat(outcome(Backend.INTERPRETER, program, 0, 0)).isEqualTo("ETIME");
    }

    private static String outcome(Backend backend, String text, long first, long second) {
        ByteBuffer memory = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        memory.putLong(first).putLong(second);
        EngineOptions options = EngineOptions.defaults()
                .withTrustedPrograms(true)
                .withBackend(backend)
                .withInstructionBudget(BUDGET);
        try (EngineHost host = EngineHost.open(options)) {
            Program.Outcome outcome = host.loadRaw("test", Assembler.instructions("test", text.replace(';', '\n')))
                    .run(Program.Input.packet(memory.array()));
            return Long.toHexString(outcome.returnValue());
        } catch (TrapException e) {
            return e.errno().toString();
        }
    }

    @Test
    void aProgramKeepsTheMapsItIsBoundTo() {
        String source = """
                .map counters array key=4 value=8 entries=4
                .program count xdp
                        *(u32 *)(r10 - 4) = 0
                        r1 = counters ll
                        r2 = r10
                        r2 += -4
                        call 1
                        if r0 == 0 goto none
                        r1 = *(u64 *)(r0 + 0)
                        r1 += 1
                        *(u64 *)(r0 + 0) = r1
                        r0 = r1
                        exit
                none:   r0 = 0
                        exit
                """;
        try (EngineHost host = EngineHost.open();
                EngineObject object = host.load(Assembler.object("count.s", source))) {
            Program program = object.program("count").orElseThrow();
            assertThat(program.run(Program.Input.packet(new byte[14])).returnValue())
                    .isEqualTo(1);
            object.map("counters").orElseThrow().close();
            assertThat(program.run(Program.Input.packet(new byte[14])).returnValue())
                    .isEqualTo(2);
        }
    }
}
