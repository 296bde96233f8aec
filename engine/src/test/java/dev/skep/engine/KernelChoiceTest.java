package dev.skep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.BpfObject;
import dev.skep.object.KernelVersion;
import dev.skep.object.assembly.Assembler;
import dev.skep.object.host.Program;
import org.junit.jupiter.api.Test;

/** Programs are verified by the rules of the newest kernel that is known, unless the options name another one. */
class KernelChoiceTest {
    /** Load-acquire came with Linux 6.15. */
    private static final BpfObject YOUNG = Assembler.object("young.s", """
            .license "GPL"
            .program main tc
            *(u64 *)(r10 - 8) = 7
            r0 = load_acquire((u64 *)(r10 - 8))
            exit
            """);

    @Test
    void instructionThatTheEngineHasRunsWhateverItsAge() {
        try (EngineHost host = EngineHost.open(EngineOptions.defaults())) {
            Program program = host.load(YOUNG).program("main").orElseThrow();
            assertThat(program.run(Program.Input.packet(new byte[64])).returnValue())
                    .isEqualTo(7);
        }
    }

    @Test
    void kernelThatIsNamedRefusesWhatItLacks() {
        try (EngineHost host = EngineHost.open(EngineOptions.defaults().withKernelVersion(KernelVersion.of("6.12")))) {
            assertThatThrownBy(() -> host.load(YOUNG))
                    .isInstanceOf(RejectedProgramException.class)
                    .hasMessageContaining("6.15");
        }
    }
}
