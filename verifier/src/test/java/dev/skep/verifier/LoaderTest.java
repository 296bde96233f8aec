package dev.skep.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.BpfObject;
import dev.skep.object.KernelVersion;
import dev.skep.object.assembly.Assembler;
import dev.skep.verifier.kernel.Capability;
import dev.skep.verifier.kernel.KernelModel;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a loader's capabilities change, beyond single programs of the corpus. */
class LoaderTest {
    private static final Set<Capability> NONE = Set.of();
    private static final Set<Capability> BPF = Set.of(Capability.BPF);

    private static final String WRONG_GUESS = """
            .license "GPL"
            .program main socket
                    r7 = *(u32 *)(r1 + 0)
                    r8 = 0
                    if r8 == 0 goto out
                    %s
                    r0 = *(u8 *)(r7 + 0)
            out:    r0 = 0
                    exit
            """;

    private static ProgramVerdict verdict(String text, String kernel, Set<Capability> capabilities) {
        BpfObject object = Assembler.object("example.s", text);
        return Verifier.verify(
                object,
                object.programs().getFirst(),
                KernelModel.of(KernelVersion.of(kernel)),
                VerifierOptions.DEFAULT.withCapabilities(capabilities));
    }

    private static Rejection rejection(String text, String kernel, Set<Capability> capabilities) {
        ProgramVerdict verdict = verdict(text, kernel, capabilities);
        assertThat(verdict).isInstanceOf(ProgramVerdict.Rejected.class);
        return ((ProgramVerdict.Rejected) verdict).rejection();
    }

    @Test
    void kernelsWithoutBarriersRejectWhatOnlySpeculationWouldDo() {
        String program = WRONG_GUESS.formatted("");

        assertThat(verdict(program, "6.16", Capability.ALL).isAccepted()).isTrue();
        assertThat(rejection(program, "6.16", NONE).cause()).isEqualTo(Cause.SCALAR_AS_POINTER);
        assertThat(verdict(program, "6.17", NONE).isAccepted()).isTrue();
    }

    @Test
    void thePathOfARejectedSpeculationIsShown() {
        Rejection rejection = rejection(WRONG_GUESS.formatted(""), "6.12", NONE);

        assertThat(rejection.place().instruction()).isEqualTo(3);
        assertThat(rejection.path().steps()).hasSize(4);
    }

    @Test
    void speculationEndsWhereAPointerIsStored() {
        String program = WRONG_GUESS.formatted("*(u64 *)(r10 - 8) = r1\n%s".formatted("r2 = 0\n".repeat(5)));

        long guarded = verdict(program, "6.17", NONE).statistics().instructionsProcessed();
        long without = verdict(program, "6.17", Capability.ALL).statistics().instructionsProcessed();

        assertThat(guarded).isEqualTo(without + 1); // the store, and nothing after it
    }

    @Test
    void onlyCapBpfAllowsMoreThan4096Instructions() {
        String program = ".program main socket\n" + "r0 = 0\n".repeat(4096) + "exit\n";

        assertThat(rejection(program, "6.18", NONE).cause()).isEqualTo(Cause.TOO_COMPLEX);
        assertThat(verdict(program, "6.18", BPF).isAccepted()).isTrue();
    }

    @Test
    void whatTheLoaderLacksIsSaid() {
        String program = ".program main xdp\nr0 = XDP_PASS\nexit\n";

        Rejection nobody = rejection(program, "6.18", NONE);
        assertThat(nobody.message())
                .isEqualTo("loading a program of type XDP takes CAP_BPF and CAP_NET_ADMIN,"
                        + " which who loads the program does not have");
        assertThat(nobody.suggestion()).startsWith("give the loader CAP_BPF and CAP_NET_ADMIN");
        assertThat(rejection(program, "6.18", BPF).message()).contains("takes CAP_NET_ADMIN,");
    }

    @Test
    void addingBySpeculationOnlyDoesNotMakeStatesAlike() {
        String program = """
                .map table hash key=8 value=16 entries=4
                .program main socket
                        r7 = *(u32 *)(r1 + 0)
                        *(u64 *)(r10 - 8) = 0
                        r2 = r10
                        r2 += -8
                        r1 = table ll
                        call bpf_map_lookup_elem
                        if r0 == 0 goto out
                        r8 = r7
                        r7 &= 3
                        if r8 > 100 goto add
                        r7 &= 1
                add:    r0 += r7
                        r0 = 0
                out:    r0 = 0
                        exit
                """;

        assertThat(rejection(program, "6.18", BPF).kernelMessage())
                .startsWith("R0 tried to add from different maps, paths or scalars");
    }
}
