package dev.skep.compiler.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.compiler.code.Target;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Rejection;
import dev.skep.verifier.Verifier;
import dev.skep.verifier.kernel.KernelModel;
import org.junit.jupiter.api.Test;

/** Where the verifier rejects a program in Java, its advice is in the words of Java. */
class RejectionTest {
    private static Rejection rejection(String members) {
        ProgramVerdict verdict = Verifier.verify(JavaText.of(members).compile(Target.DEFAULT), KernelModel.newest())
                .programs()
                .getFirst();
        assertThat(verdict).isInstanceOf(ProgramVerdict.Rejected.class);
        return ((ProgramVerdict.Rejected) verdict).rejection();
    }

    @Test
    void valuesThatMayBeMissingAreComparedWithNull() {
        Rejection rejection = rejection("""
                static final HashMap<Integer, Long> counts = new HashMap<>(4);
                @Xdp static int count(XdpContext context) {
                    return (int) (long) counts.lookup(1);
                }""");
        assertThat(rejection.place()).hasToString("Test.java:3");
        assertThat(rejection.suggestion())
                .isEqualTo(
                        "compare it with null before it is used, a number that was looked up (`Long`, `Integer`) before"
                                + " it is unboxed: `if (value == null) { return XDP_PASS; }`");
        assertThat(rejection.fixes()).isEmpty();
    }

    @Test
    void loopsThatDoNotEndAreGivenBoundsInJava() {
        Rejection rejection = rejection("""
                @Xdp static int endless(XdpContext context) {
                    int rounds = 0;
                    for (int i = context.length(); i != 7; i++) {
                        rounds += Bpf.smpProcessorId();
                    }
                    return rounds;
                }""");
        assertThat(rejection.suggestion()).contains("Loop.times").doesNotContain("bpf_loop");
    }
}
