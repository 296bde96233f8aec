package dev.skep.verifier.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.BpfObject;
import dev.skep.object.KernelVersion;
import dev.skep.object.assembly.Assembler;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Fix;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Rejection;
import dev.skep.verifier.Verifier;
import dev.skep.verifier.VerifierOptions;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.report.TerminalReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Repairs of programs written in assembler: what is found, and that nothing is claimed that was not verified. */
class RepairSearchTest {
    private static final KernelModel LINUX_6_18 = KernelModel.of(KernelVersion.of("6.18"));
    private static final String NULLABLE = """
            .map m hash key=4 value=8 entries=1
            .program prog tc
                    *(u32 *)(r10 - 4) = 0
                    r2 = r10
                    r2 += -4
                    r1 = m ll
                    call bpf_map_lookup_elem
                    r0 = *(u64 *)(r0 + 0)
                    exit
            """;

    private static ProgramVerdict verdict(String text, int repairs) {
        BpfObject object = Assembler.object("repaired", text);
        return Verifier.verify(object, LINUX_6_18, VerifierOptions.DEFAULT.withRepairs(repairs))
                .programs()
                .getFirst();
    }

    private static Rejection rejection(String text, int repairs) {
        assertThat(verdict(text, repairs)).isInstanceOf(ProgramVerdict.Rejected.class);
        return ((ProgramVerdict.Rejected) verdict(text, repairs)).rejection();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PACKET_BOUNDS          | xdp | r2 = *(u32 *)(r1 + 0); r0 = *(u8 *)(r2 + 23); r0 = 2; exit
            UNINITIALIZED_REGISTER | xdp | r0 = r7; exit
            UNINITIALIZED_REGISTER | xdp | call bpf_ktime_get_ns; r0 = *(u32 *)(r1 + 0); exit
            UNINITIALIZED_REGISTER | xdp | r1 = 0; exit
            STACK_ACCESS           | tc  | r0 = 0; r2 = *(u32 *)(r1 + 8); r3 = r10; r3 += -16; r3 += r2; *(u8 *)(r3 + 0) = 1; exit
            STACK_ACCESS           | tc  | r0 = 0; r1 = 7; *(u64 *)(r10 - 12) = r1; exit
            SCALAR_AS_POINTER      | tc  | r1 = *(u32 *)(r1 + 8); r0 = *(u64 *)(r1 + 0); exit
            CONTEXT_ACCESS         | xdp | r0 = *(u64 *)(r1 + 12); r0 = 2; exit
            POLICY                 | xdp | r2 = 0; call bpf_override_return; r0 = 2; exit
            UNBOUNDED_LOOP         | xdp | r0 = 0; again: goto again
            """)
    void aChangeOfTheInstructionsIsFoundAndVerified(Cause cause, String type, String code) {
        Rejection rejection = rejection(
                ".license \"GPL\"\n.program prog " + type + "\n"
                        + code.replace("; ", "\n").replace(": ", ":\n"),
                12);

        assertThat(rejection.cause()).isEqualTo(cause);
        assertThat(rejection.fixes())
                .isNotEmpty()
                .allMatch(Fix::verified)
                .noneMatch(fix -> fix.code().isEmpty());
    }

    @Test
    void nothingIsTriedUnlessAskedFor() {
        assertThat(rejection(NULLABLE, 0).fixes()).noneMatch(Fix::verified);
    }

    @Test
    void aVerifiedFixIsShownAsADiff() {
        Rejection rejection = rejection(NULLABLE, 12);

        assertThat(new TerminalReport(false, false).rejection("prog", rejection))
                .contains("fix (verified)")
                .contains("+         if r0 != 0")
                .contains("+         exit");
    }

    @Test
    void whatNoChangeHelpsAgainstHasNoVerifiedFix() {
        Rejection rejection = rejection("""
                .program prog tc
                        r2 = r1
                        r2 *= 2
                        r0 = 0
                        exit
                """, 12);

        assertThat(rejection.fixes()).noneMatch(Fix::verified);
    }

    @Test
    void theNextRejectionBehindTheFirstIsRepairedToo() {
        Rejection rejection = rejection("""
                .program prog xdp
                        r2 = *(u32 *)(r1 + 0)
                        r3 = *(u32 *)(r1 + 4)
                        r0 = *(u8 *)(r2 + 0)
                        r4 = r2
                        r4 += 34
                        r0 = *(u8 *)(r2 + 33)
                        r0 = r8
                        exit
                """, 12);

        assertThat(rejection.fixes()).hasSizeGreaterThan(2).allMatch(Fix::verified);
    }
}
