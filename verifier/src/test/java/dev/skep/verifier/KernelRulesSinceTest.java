package dev.skep.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.BpfObject;
import dev.skep.object.KernelVersion;
import dev.skep.object.assembly.Assembler;
import dev.skep.verifier.kernel.KernelModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that came with some kernel; the verdicts for 6.18 are those of Linux 6.18.44, asked by bpf(2). */
class KernelRulesSinceTest {
    private static final String LOOKED_UP = """
            .license "GPL"
            .map bytes array key=4 value=128 entries=1
            .program p socket
            call bpf_get_prandom_u32
            r6 = r0
            *(u32 *)(r10 - 4) = 0
            r2 = r10
            r2 += -4
            r1 = bytes ll
            call bpf_map_lookup_elem
            if r0 == 0 goto out
            %s
            r0 += %s
            r0 = *(u8 *)(r0 + 0)
            out: r0 = 0
            exit
            """;

    private static boolean accepts(String text, String kernel) {
        BpfObject object = Assembler.object("rules.s", text);
        return Verifier.verify(object, KernelModel.of(KernelVersion.of(kernel))).isAccepted();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # before the look-up's index is used | index | 6.18 | 6.12
            r6 &= 4095; r7 = r6; r7 += 5; if r7 > 40 goto out                                       | r6 | true  | true
            r6 &= 4095; r7 = r6; r7 += -64; if r7 > 10 goto out                                     | r6 | true  | false
            r6 &= 4095; r7 = r6; r7 -= 64; if r7 > 10 goto out                                      | r6 | true  | false
            r6 &= 4095; r7 = r6; r7 += -64; if r6 > 74 goto out; if r6 < 64 goto out                | r7 | true  | false
            r6 &= 4095; r7 = r6; w7 += -64; if w7 > 10 goto out                                     | r6 | true  | false
            r6 &= 4095; r7 = r6; w7 += -64; if r6 > 74 goto out                                     | r7 | false | false
            w6 = w6; r7 = r6; w7 += 64; if w7 > 100 goto out; if w7 < 64 goto out                   | r6 | true  | false
            r1 = 0x1ffffffff ll; r6 &= r1; r7 = r6; w7 += -64; if w7 > 10 goto out                  | r6 | false | false
            r1 = 0x1ffffffff ll; r6 &= r1; r7 = r6; r7 += -64; if r7 > 10 goto out                  | r6 | true  | false
            r6 &= 4095; r7 = r6; w7 += -64; r8 = r6; r8 += -64; if r8 > 10 goto out                 | r7 | false | false
            r6 &= 4095; r7 = r6; w7 += -64; r8 = r6; w8 += -64; if w8 > 10 goto out                 | r7 | true  | false
            r6 &= 4095; r7 = r6; r7 += -64; r7 += 3; if r7 > 10 goto out                            | r6 | false | false
            r6 &= 4095; r7 = r6; r7 += r7; if r7 > 10 goto out                                      | r6 | false | false
            """)
    void copiesStayTiedOverADistance(String lines, String index, boolean newer, boolean older) {
        String text = LOOKED_UP.formatted(lines.replace("; ", "\n"), index);

        assertThat(accepts(text, "6.18")).as("6.18").isEqualTo(newer);
        assertThat(accepts(text, "6.12")).as("6.12").isEqualTo(older);
    }

    @ParameterizedTest
    @CsvSource({"raw_tp/sys_enter, true, false", "perf_event, true, false", "xdp, false, false", "tc, false, false"})
    void framesOfProgramsThatMayInterruptOneAnotherAreCountedEachByItself(
            String section, boolean newer, boolean older) {
        String text = """
                .license "GPL"
                .program p %s
                *(u64 *)(r10 - 400) = 0
                call inner
                r0 = 0
                exit
                .function inner
                *(u64 *)(r10 - 400) = 0
                r0 = 0
                exit
                """.formatted(section);

        assertThat(accepts(text, "6.18")).as("6.18").isEqualTo(newer);
        assertThat(accepts(text, "6.12")).as("6.12").isEqualTo(older);
    }
}
