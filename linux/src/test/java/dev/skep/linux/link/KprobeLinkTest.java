package dev.skep.linux.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.linux.symbol.KernelSymbols;
import dev.skep.linux.tracefs.TraceFs;
import dev.skep.object.attach.ProbeMode;
import dev.skep.object.attach.ProbePoint;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.KernelFeature;
import dev.skep.testkit.NeedsKernel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Probes on functions of the kernel. */
@Tag("vm")
@NeedsKernel(feature = KernelFeature.KPROBE)
class KprobeLinkTest {
    private static final CountingProgram.Kind KIND = CountingProgram.Kind.of(ProgramType.KPROBE);

    private static ProbePoint.Kprobe uname(boolean atReturn, long cookie, ProbeMode mode) {
        return new ProbePoint.Kprobe(KernelCalls.UNAME, 0, atReturn, cookie, mode);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @NeedsKernel(feature = KernelFeature.PERF_EVENT_LINK)
    void entryAndReturnKeepTheContract(boolean atReturn) {
        try (CountingProgram program = CountingProgram.load(KIND)) {
            new LinkContract(program, uname(atReturn, 0, ProbeMode.ANY), KernelCalls::uname).holdsWithPin();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theWayOfOldKernelsKeepsTheContractButForThePin(boolean atReturn) {
        try (CountingProgram program = CountingProgram.load(KIND.withoutCookie())) {
            new LinkContract(program, uname(atReturn, 0, ProbeMode.PERF), KernelCalls::uname).holdsWithoutPin();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aProbeWrittenIntoTracefsKeepsTheContractAndIsRemoved(boolean atReturn) {
        try (PrivateMount tracefs = PrivateMount.of("tracefs");
                CountingProgram program = CountingProgram.load(KIND.withoutCookie())) {
            new LinkContract(program, uname(atReturn, 0, ProbeMode.TRACEFS), KernelCalls::uname).holdsWithoutPin();
            String own = "skep_" + ProcessHandle.current().pid() + "_";
            assertThat(new TraceFs(tracefs.root()).events("kprobes")).noneMatch(event -> event.startsWith(own));
        }
    }

    @Test
    @NeedsKernel(feature = KernelFeature.PERF_EVENT_LINK)
    void eachCallIsCountedOnceWithItsCookie() {
        try (CountingProgram program = CountingProgram.load(KIND);
                LinuxLink _ = Attacher.attach(program.program(), uname(false, 42, ProbeMode.ANY))) {
            for (int i = 0; i < 5; i++) {
                KernelCalls.uname();
            }
            assertThat(program.runs()).isEqualTo(5);
            assertThat(program.cookie()).isEqualTo(42);
        }
    }

    @Test
    void aPlaceCanBeAnAddress() {
        long address = KernelSymbols.read().address(KernelCalls.UNAME).orElseThrow();
        try (CountingProgram program = CountingProgram.load(KIND.withoutCookie())) {
            new LinkContract(program, new ProbePoint.Kprobe("", address, false, 0, ProbeMode.ANY), KernelCalls::uname)
                    .holdsWithoutPin();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSystemCallKeepsTheContractByItsOwnName(boolean atReturn) {
        try (CountingProgram program = CountingProgram.load(KIND.withoutCookie())) {
            new LinkContract(program, new ProbePoint.Ksyscall("newuname", atReturn, 0), KernelCalls::uname)
                    .holdsWithoutPin();
        }
    }

    @Test
    void aFunctionThatIsNotThereIsAnsweredWithTheNearest() {
        try (CountingProgram program = CountingProgram.load(KIND.withoutCookie())) {
            assertThatThrownBy(() -> Attacher.attach(program.program(), ProbePoint.Kprobe.entry("vfs_raed")))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
                    .hasMessageContaining("vfs_read");
        }
    }
}
