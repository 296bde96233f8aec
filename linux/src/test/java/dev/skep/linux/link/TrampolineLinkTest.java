package dev.skep.linux.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.attach.ProbePoint;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.KernelFeature;
import dev.skep.testkit.NeedsKernel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Programs at functions and hooks that are found by BTF when they are loaded. */
@Tag("vm")
class TrampolineLinkTest {
    private static CountingProgram load(ProgramType type, AttachType attachType, int btfId) {
        return CountingProgram.load(
                CountingProgram.Kind.of(type, attachType).forType(btfId).withoutCookie());
    }

    @Test
    @NeedsKernel(feature = KernelFeature.FENTRY)
    void entryAndReturnOfAFunctionKeepTheContract() {
        int function = KernelTypes.function(KernelCalls.UNAME);
        for (AttachType at : new AttachType[] {AttachType.TRACE_FENTRY, AttachType.TRACE_FEXIT}) {
            try (CountingProgram program = load(ProgramType.TRACING, at, function)) {
                new LinkContract(program, new ProbePoint.BtfTracing("fentry/newuname"), KernelCalls::uname)
                        .holdsWithPin();
            }
        }
    }

    @Test
    @NeedsKernel(feature = {KernelFeature.FENTRY, KernelFeature.KPROBE_MULTI})
    void aFunctionHandsOverItsCookie() {
        CountingProgram.Kind kind = CountingProgram.Kind.of(ProgramType.TRACING, AttachType.TRACE_FENTRY)
                .forType(KernelTypes.function(KernelCalls.UNAME));
        try (CountingProgram program = CountingProgram.load(kind);
                LinuxLink _ = Attacher.attach(program.program(), new ProbePoint.BtfTracing("fentry/newuname", 42))) {
            KernelCalls.uname();
            assertThat(program.runs()).isEqualTo(1);
            assertThat(program.cookie()).isEqualTo(42);
        }
    }

    @Test
    @NeedsKernel(feature = KernelFeature.FMOD_RET)
    void aProgramThatMayChangeTheResultKeepsTheContract() {
        try (CountingProgram program =
                load(ProgramType.TRACING, AttachType.MODIFY_RETURN, KernelTypes.function("security_file_open"))) {
            new LinkContract(program, new ProbePoint.BtfTracing("fmod_ret/security_file_open"), KernelCalls::openFile)
                    .holdsWithPin();
        }
    }

    @Test
    @NeedsKernel(feature = KernelFeature.LSM)
    void aHookOfTheSecurityModulesKeepsTheContract() {
        try (CountingProgram program = load(ProgramType.LSM, AttachType.LSM_MAC, KernelTypes.hook("file_open"))) {
            new LinkContract(program, new ProbePoint.BtfTracing("lsm/file_open"), KernelCalls::openFile).holdsWithPin();
        }
    }
}
