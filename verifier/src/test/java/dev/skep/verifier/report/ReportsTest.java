package dev.skep.verifier.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.BpfObject;
import dev.skep.object.KernelVersion;
import dev.skep.object.assembly.Assembler;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Verifier;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.log.KernelLog;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private static final String PROGRAM = """
            .program prog xdp
                    r2 = *(u32 *)(r1 + 0)
                    r3 = *(u32 *)(r1 + 4)
                    r4 = r2
                    r4 += 14
                    if r4 > r3 goto out
                    r0 = *(u8 *)(r2 + 14)
            out:    r0 = 2
                    exit
            """;

    private static ProgramVerdict verdict(String text) {
        BpfObject object = Assembler.object("prog.s", text);
        return Verifier.verify(object, KernelModel.of(KernelVersion.of("6.18")))
                .programs()
                .getFirst();
    }

    @Test
    void theTerminalShowsTheLineTheHistoryThePathAndTheWayOut() {
        assertThat(new TerminalReport(false, false).of(verdict(PROGRAM))).isEqualTo("""
                error[packet-bounds]: 'r2' is used for bytes up to 15 of the packet, but the comparison with the packet's end covers 14 bytes only
                 --> prog.s:7 (prog, instruction 5)
                  |
                7 | r0 = *(u8 *)(r2 + 14)
                  | ^^^^^^^^^^^^^^^^^^^^^
                  = history: R2
                2 | is loaded from the context: a pointer into the packet  ; r2 = *(u32 *)(r1 + 0)
                  = path:
                6 | if r4 > r3 goto out -> goes on
                  = kernel: invalid access to packet, off=14 size=1, R2(id=0,off=0,r=14); R2 offset is outside of the packet
                  = help: compare before the access: `if ((void *)r2 + 15 > data_end) return XDP_PASS;`
                  = more: docs/verifier/packet-bounds.md
                """);
    }

    @Test
    void theLogIsReadBackToTheSamePathAndReason() {
        ProgramVerdict verdict = verdict(PROGRAM);
        String text = KernelLogText.of(verdict);
        assertThat(text).startsWith("""
                0: R1=ctx() R10=fp0
                ; r2 = *(u32 *)(r1 + 0) @ prog.s:2
                0: (61) r2 = *(u32 *)(r1 +0)          ; R2=pkt(r=0)
                """);
        KernelLog log = KernelLog.read(text).getFirst();
        ProgramVerdict.Rejected rejected = (ProgramVerdict.Rejected) verdict;
        assertThat(log.messages().getFirst().cause())
                .isEqualTo(rejected.rejection().cause());
        assertThat(log.path().steps())
                .extracting(step -> step.instruction())
                .containsExactlyElementsOf(rejected.rejection().path().steps().stream()
                        .map(step -> step.instruction())
                        .toList());
    }

    @Test
    void thePageNeedsNothingElseAndEscapesWhatItShows() {
        String page = HtmlReport.of(List.of(new HtmlReport.Entry("<b>.o", verdict(PROGRAM))));
        assertThat(page)
                .contains("&lt;b&gt;.o", "packet-bounds", "data-state=", "prefers-color-scheme")
                .doesNotContain("<b>.o");
        assertThat(page).doesNotContainPattern("(?:src|href)=").doesNotContain("http");
    }

    @Test
    void anAcceptedProgramIsShownWithItsCosts() {
        ProgramVerdict verdict = verdict(".program prog xdp\n        r0 = 2\n        exit\n");
        assertThat(new TerminalReport(false, false).of(verdict)).startsWith("accepted prog: 2 instructions processed");
        assertThat(KernelLogText.of(verdict)).startsWith("processed 2 insns (limit 1000000)");
    }
}
