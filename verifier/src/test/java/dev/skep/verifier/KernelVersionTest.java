package dev.skep.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.BpfObject;
import dev.skep.object.KernelVersion;
import dev.skep.object.assembly.Assembler;
import dev.skep.verifier.kernel.KernelModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is too new for a kernel is refused there by name, and an accepted program tells the oldest kernel that has all of it. */
class KernelVersionTest {
    private static final String LOOP = "r0 = 0\nagain: r0 += 1\nif r0 < 100 goto again\nexit";
    private static final String LOOK_UP = """
            *(u32 *)(r10 - 4) = 0
            r2 = r10
            r2 += -4
            r1 = bytes ll
            call bpf_map_lookup_elem
            """;
    private static final String END = "r0 = 0\nexit\n";

    private static final VerifierOptions EXACT = VerifierOptions.DEFAULT.withExactOldestKernel(true);

    private static ProgramVerdict verify(String section, String code, String kernel) {
        return verify(section, code, kernel, EXACT);
    }

    private static ProgramVerdict verify(String section, String code, String kernel, VerifierOptions options) {
        String map = code.contains("bytes") ? ".map bytes array key=4 value=64 entries=1\n" : "";
        BpfObject object = Assembler.object(
                "versions", ".license \"GPL\"\n" + map + ".program main " + section + "\n" + code + "\n");
        return Verifier.verify(object, KernelModel.of(KernelVersion.of(kernel)), options)
                .programs()
                .getFirst();
    }

    private static Rejection rejection(String section, String code, String kernel) {
        assertThat(verify(section, code, kernel)).isInstanceOf(ProgramVerdict.Rejected.class);
        return ((ProgramVerdict.Rejected) verify(section, code, kernel)).rejection();
    }

    private static Statistics accepted(String section, String code, String kernel) {
        ProgramVerdict verdict = verify(section, code, kernel);
        assertThat(verdict).isInstanceOf(ProgramVerdict.Accepted.class);
        return ((ProgramVerdict.Accepted) verdict).statistics();
    }

    /** Each is accepted from the kernel on that first has what it uses, and refused one before. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    # section | needs | the one before | code
                    tc         | 5.3  | 5.2  | r0 = 0; again: r0 += 1; if r0 < 100 goto again; exit
                    tc         | 5.1  | 5.0  | r0 = 0; if w0 == 1 goto out; out: exit
                    tc         | 6.6  | 6.5  | r0 = 1; r0 = bswap16 r0; exit
                    sk_lookup  | 5.9  | 5.8  | r0 = 1; exit
                    netfilter  | 6.4  | 6.3  | r0 = 1; exit
                    tc         | 5.8  | 5.7  | call bpf_ktime_get_boot_ns; r0 = 0; exit
                    tc         | 6.4  | 6.3  | *(u32 *)(r1 + 8) = 1; r0 = 0; exit
                    """)
    void whatIsTooNewIsRefusedAndWhatIsOldEnoughIsNot(String section, String needs, String before, String code) {
        String lines = code.replace("; ", "\n");
        assertThat(accepted(section, lines, "7.0").oldestKernel()).contains(KernelVersion.of(needs));
        assertThat(accepted(section, lines, needs).oldestKernel()).contains(KernelVersion.of(needs));
        assertThat(rejection(section, lines, before).cause()).isEqualTo(Cause.TOO_NEW);
    }

    @Test
    void helperThatIsTooNewIsNamedWithBothVersions() {
        Rejection rejection = rejection("tc", "call bpf_ktime_get_boot_ns\n" + END, "5.4");

        assertThat(rejection.message())
                .isEqualTo("bpf_ktime_get_boot_ns() came with Linux 5.8, the program is verified for 5.4");
        assertThat(rejection.suggestion()).contains("run Linux 5.8 or newer");
        assertThat(rejection.kernelMessage()).isEqualTo("invalid func unknown#125");
        assertThat(rejection.place().instruction()).isZero();
    }

    @Test
    void loopIsRefusedWhereKernelsKnewNoBounds() {
        Rejection rejection = rejection("tc", LOOP, "5.2");

        assertThat(rejection.message()).startsWith("loops with a bound came with Linux 5.3");
        assertThat(rejection.kernelMessage()).startsWith("back-edge from insn ");
    }

    @Test
    void stackThatWasNotWrittenIsReadOnlyWhereKernelsLetIt() {
        String code = "r0 = *(u64 *)(r10 - 8)\n" + END;

        assertThat(accepted("tc", code, "6.3").oldestKernel()).contains(KernelVersion.of("6.3"));
        assertThat(rejection("tc", code, "6.2").cause()).isEqualTo(Cause.UNINITIALIZED_STACK);
    }

    @Test
    void checkForNullMayBeLeftOutOnlyWhereKernelsKnowTheIndex() {
        String without = LOOK_UP + "r0 = *(u64 *)(r0 + 0)\n" + END;
        String with = LOOK_UP + "if r0 == 0 goto out\nr0 = *(u64 *)(r0 + 0)\nout: " + END;

        assertThat(accepted("tc", without, "6.18").oldestKernel()).contains(KernelVersion.of("6.14"));
        assertThat(rejection("tc", without, "6.13").cause()).isEqualTo(Cause.NULLABLE_POINTER);
        assertThat(accepted("tc", with, "6.18").oldestKernel()).contains(KernelVersion.of("4.1"));
    }

    @Test
    void oldestKernelThatIsNotSoughtExactlyIsNeverTooOld() {
        String with = LOOK_UP + "if r0 == 0 goto out\nr0 = *(u64 *)(r0 + 0)\nout: " + END;

        assertThat(verify("tc", with, "6.18", VerifierOptions.DEFAULT)
                        .statistics()
                        .oldestKernel())
                .contains(KernelVersion.of("6.14"));
    }

    /** What r0, an unknown number, becomes is an index into 64 bytes, to kernels from that one on. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    6.4  | r0 &= 0xffff; w1 = w0; if r1 > 63 goto out
                    6.8  | r1 = r0; r1 &= 63; if r0 > r1 goto out
                    6.8  | r0 &= 127; if r0 > 64 goto out; if r0 == 64 goto out
                    6.8  | *(u64 *)(r10 - 16) = r0; if r0 > 63 goto out; r0 = *(u64 *)(r10 - 16)
                    6.9  | r0 &= 63; *(u64 *)(r10 - 16) = r0; r0 = *(u32 *)(r10 - 16)
                    6.10 | r1 = r0; r0 &= 0x3f; r1 &= 0x0f; r0 ^= r1
                    6.11 | r1 = r0; r1 += 1; if r1 > 63 goto out; if r1 == 0 goto out
                    6.17 | r0 = 63; r0 = -r0; r0 = -r0
                    """)
    void boundsOfNumbersAreThoseThatKernelLearns(String since, String code) {
        String program = LOOK_UP
                + "if r0 == 0 goto out\nr6 = r0\ncall bpf_get_prandom_u32\n"
                + code.replace("; ", "\n")
                + "\nr6 += r0\nr0 = *(u8 *)(r6 + 0)\nout: "
                + END;
        KernelVersion first = KernelVersion.of(since);
        KernelVersion before = new KernelVersion(first.major(), first.minor() - 1);

        assertThat(verify("socket", program, since)).isInstanceOf(ProgramVerdict.Accepted.class);
        assertThat(verify("socket", program, before.toString())).isInstanceOf(ProgramVerdict.Rejected.class);
    }

    @Test
    void demandingUseIsTheFirstOfTheRequirements() {
        Requirement first = accepted("tc", LOOP, "6.18").requirements().getFirst();

        assertThat(first).isEqualTo(new Requirement("loops with a bound", KernelVersion.of("5.3"), 2));
    }
}
