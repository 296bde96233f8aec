package dev.skep.verifier.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.BpfObject;
import dev.skep.object.Bytes;
import dev.skep.object.KernelVersion;
import dev.skep.object.assembly.Assembler;
import dev.skep.verifier.Counterexample;
import dev.skep.verifier.Place;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Verifier;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.log.KernelLog;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

    private static ProgramVerdict withCounterexample(Counterexample example) {
        ProgramVerdict.Rejected rejected = (ProgramVerdict.Rejected) verdict(PROGRAM);
        return new ProgramVerdict.Rejected(
                rejected.program(), rejected.rejection().withCounterexample(example), rejected.statistics());
    }

    private static String counterexampleLine(Counterexample example) {
        return new TerminalReport(false, false)
                .of(withCounterexample(example))
                .lines()
                .filter(line -> line.startsWith("  = counterexample: "))
                .map(line -> line.substring("  = counterexample: ".length()))
                .findFirst()
                .orElseThrow();
    }

    private static final Place PLACE = new Place(5, "prog", "prog.s", 7, 0, "");
    private static final String EFFECT =
            "reads 1 byte at 0x1400e, right behind the end of packet (14 bytes at 0x14000)";

    private static Counterexample packet(byte... packet) {
        return new Counterexample(
                Optional.of(Bytes.of(packet)), Bytes.EMPTY, List.of(), List.of(), List.of(), EFFECT, PLACE);
    }

    @Test
    void aCounterexampleIsTheInputWhatItDoesAndWhere() {
        assertThat(counterexampleLine(packet(new byte[14])))
                .isEqualTo("a packet of 14 bytes: " + EFFECT + ", at prog.s:7");
        assertThat(counterexampleLine(packet(new byte[] {8, 0, 0x45})))
                .isEqualTo("a packet of 3 bytes (080045): " + EFFECT + ", at prog.s:7");
    }

    @Test
    void longBytesAreCutInTheTerminalAndZerosAtTheirEndAreCounted() {
        byte[] packet = new byte[200];
        packet[0] = 1;
        assertThat(counterexampleLine(packet(packet))).startsWith("a packet of 200 bytes (01 and 199 zeros): ");
        Arrays.fill(packet, (byte) 0xab);
        assertThat(counterexampleLine(packet(packet)))
                .startsWith("a packet of 200 bytes (" + "ab".repeat(48) + " ... 152 more): ");
    }

    @Test
    void everyPartOfAnInputIsNamed() {
        Bytes one = Bytes.of(new byte[] {1, 0, 0, 0});
        Counterexample example = new Counterexample(
                Optional.empty(),
                one,
                List.of(new Counterexample.Entry("flows", one, one)),
                List.of(new Counterexample.Variable("limit", ".data", 8, one)),
                List.of(new Counterexample.Result("bpf_get_prandom_u32", Place.at(4, "prog"), 0xffff_ffffL)),
                "ran 1000000 instructions without ending",
                Place.at(6, "prog"));
        assertThat(counterexampleLine(example))
                .isEqualTo("a context of 4 bytes (01000000), flows[01000000] = 01000000, limit = 01000000, "
                        + "bpf_get_prandom_u32 (instruction 4) returning 0xffffffff: "
                        + "ran 1000000 instructions without ending (instruction 6)");
        assertThat(HtmlReport.of(List.of(new HtmlReport.Entry("x.o", withCounterexample(example)))))
                .contains("Goes wrong with a context of 4 bytes (01000000), flows[01000000]");
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
