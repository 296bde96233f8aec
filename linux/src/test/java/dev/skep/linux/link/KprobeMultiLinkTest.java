package dev.skep.linux.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.linux.info.LinkPlace;
import dev.skep.linux.symbol.KernelSymbols;
import dev.skep.object.attach.FunctionSelection;
import dev.skep.object.attach.ProbeMoment;
import dev.skep.object.attach.ProbePoint;
import dev.skep.object.host.HostException;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.KernelFeature;
import dev.skep.testkit.NeedsKernel;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One link for many functions of the kernel. */
@Tag("vm")
@NeedsKernel(feature = KernelFeature.KPROBE_MULTI)
class KprobeMultiLinkTest {
    private static final FunctionSelection UNAMES =
            new FunctionSelection.Named(List.of(KernelCalls.UNAME, "vfs_fallocate"));

    private static CountingProgram load(AttachType type) {
        return CountingProgram.load(CountingProgram.Kind.of(ProgramType.KPROBE, type));
    }

    @ParameterizedTest
    @EnumSource(names = {"ENTRY", "RETURN"})
    void functionsByNameKeepTheContract(ProbeMoment moment) {
        try (CountingProgram program = load(AttachType.TRACE_KPROBE_MULTI)) {
            new LinkContract(program, new ProbePoint.KprobeMulti(UNAMES, moment, List.of()), KernelCalls::uname)
                    .holdsWithPin();
        }
    }

    @Test
    void functionsByPatternKeepTheContract() {
        FunctionSelection pattern = new FunctionSelection.Matching("*_sys_newunam?");
        try (PrivateMount _ = PrivateMount.of("tracefs");
                CountingProgram program = load(AttachType.TRACE_KPROBE_MULTI)) {
            new LinkContract(
                            program,
                            new ProbePoint.KprobeMulti(pattern, ProbeMoment.ENTRY, List.of()),
                            KernelCalls::uname)
                    .holdsWithPin();
        }
    }

    @Test
    void functionsByAddressHaveTheirCookies() {
        long address = KernelSymbols.read().address(KernelCalls.UNAME).orElseThrow();
        ProbePoint point =
                new ProbePoint.KprobeMulti(new FunctionSelection.At(List.of(address)), ProbeMoment.ENTRY, List.of(42L));
        try (CountingProgram program = load(AttachType.TRACE_KPROBE_MULTI);
                LinuxLink link = Attacher.attach(program.program(), point)) {
            KernelCalls.uname();
            assertThat(program.runs()).isEqualTo(1);
            assertThat(program.cookie()).isEqualTo(42);
            assertThat(((BpfLink) link).info().place()).isInstanceOf(LinkPlace.KprobeMulti.class);
        }
    }

    @Test
    @NeedsKernel(feature = KernelFeature.KPROBE_SESSION)
    void aSessionSeesEntryAndReturn() {
        ProbePoint point = new ProbePoint.KprobeMulti(UNAMES, ProbeMoment.SESSION, List.of());
        try (CountingProgram program = load(AttachType.TRACE_KPROBE_SESSION)) {
            new LinkContract(program, point, KernelCalls::uname).holdsWithPin();
            long before = program.runs();
            try (LinuxLink _ = Attacher.attach(program.program(), point)) {
                KernelCalls.uname();
                assertThat(program.runs()).isEqualTo(before + 2);
            }
        }
    }

    @Test
    void aFunctionThatIsNotThereIsNamed() {
        FunctionSelection wrong = new FunctionSelection.Named(List.of(KernelCalls.UNAME, "vfs_raed"));
        try (CountingProgram program = load(AttachType.TRACE_KPROBE_MULTI)) {
            assertThatThrownBy(() -> Attacher.attach(
                            program.program(), new ProbePoint.KprobeMulti(wrong, ProbeMoment.ENTRY, List.of())))
                    .isInstanceOf(HostException.class)
                    .hasMessageContaining("vfs_raed");
        }
    }
}
