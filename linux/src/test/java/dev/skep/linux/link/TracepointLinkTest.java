package dev.skep.linux.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.attach.ProbePoint;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.KernelFeature;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsKernel;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tracepoints through perf, raw and by BTF. */
@NeedsBpf
@Tag("vm")
class TracepointLinkTest {
    private static final CountingProgram.Kind KIND = CountingProgram.Kind.of(ProgramType.TRACEPOINT);

    private static PrivateMount traceFs;

    @BeforeAll
    static void mount() {
        traceFs = PrivateMount.of("tracefs");
    }

    @AfterAll
    static void unmount() {
        traceFs.close();
    }

    @Test
    @NeedsKernel(feature = KernelFeature.PERF_EVENT_LINK)
    void aTracepointKeepsTheContract() {
        try (CountingProgram program = CountingProgram.load(KIND)) {
            new LinkContract(program, new ProbePoint.Tracepoint("syscalls", "sys_enter_newuname"), KernelCalls::uname)
                    .holdsWithPin();
        }
    }

    @Test
    @NeedsKernel(feature = KernelFeature.PERF_EVENT_LINK)
    void aTracepointCountsEachCallOnceAndHandsOverItsCookie() {
        try (CountingProgram program = CountingProgram.load(KIND);
                LinuxLink _ = Attacher.attach(
                        program.program(), new ProbePoint.Tracepoint("syscalls", "sys_enter_newuname", 42))) {
            for (int i = 0; i < 5; i++) {
                KernelCalls.uname();
            }
            assertThat(program.runs()).isEqualTo(5);
            assertThat(program.cookie()).isEqualTo(42);
        }
    }

    @Test
    void aTracepointKeepsTheContractOnOldKernelsButForThePin() {
        try (CountingProgram program = CountingProgram.load(KIND.withoutCookie())) {
            new LinkContract(program, new ProbePoint.Tracepoint("syscalls", "sys_enter_newuname"), KernelCalls::uname)
                    .holdsWithoutPin();
        }
    }

    @Test
    void oneThreadAttachesAndAnotherDetaches() throws InterruptedException {
        try (CountingProgram program = CountingProgram.load(KIND.withoutCookie())) {
            AtomicReference<LinuxLink> link = new AtomicReference<>();
            Thread.ofVirtual()
                    .start(() -> link.set(Attacher.attach(
                            program.program(), new ProbePoint.Tracepoint("syscalls", "sys_enter_newuname"))))
                    .join();
            KernelCalls.uname();
            Thread.ofPlatform().start(() -> link.get().close()).join();
            KernelCalls.uname();
            assertThat(program.runs()).isEqualTo(1);
        }
    }

    @Test
    void anUnknownTracepointIsAnsweredWithTheNearestNames() {
        try (CountingProgram program = CountingProgram.load(KIND.withoutCookie())) {
            assertThatThrownBy(
                            () -> Attacher.attach(program.program(), new ProbePoint.Tracepoint("sched", "sched_swich")))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
                    .hasMessageContaining("did you mean sched/sched_switch");
            assertThatThrownBy(
                            () -> Attacher.attach(program.program(), new ProbePoint.Tracepoint("shed", "sched_switch")))
                    .hasMessageContaining("did you mean sched/sched_switch");
        }
    }

    @Test
    void aRawTracepointKeepsTheContract() {
        try (CountingProgram program = CountingProgram.load(
                CountingProgram.Kind.of(ProgramType.RAW_TRACEPOINT).withoutCookie())) {
            new LinkContract(program, new ProbePoint.RawTracepoint("sys_enter"), KernelCalls::uname).holdsWithPin();
        }
    }

    @Test
    void anUnknownRawTracepointIsAnsweredWithTheNearestNames() {
        try (CountingProgram program = CountingProgram.load(
                CountingProgram.Kind.of(ProgramType.RAW_TRACEPOINT).withoutCookie())) {
            assertThatThrownBy(() -> Attacher.attach(program.program(), new ProbePoint.RawTracepoint("sched_swich")))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
                    .hasMessageContaining("did you mean sched_switch");
        }
    }

    @Test
    void aTracepointByBtfKeepsTheContract() {
        CountingProgram.Kind kind = CountingProgram.Kind.of(ProgramType.TRACING, AttachType.TRACE_RAW_TP)
                .forType(KernelTypes.tracepoint("sys_enter"))
                .withoutCookie();
        try (CountingProgram program = CountingProgram.load(kind)) {
            new LinkContract(program, new ProbePoint.BtfTracing("tp_btf/sys_enter"), KernelCalls::uname).holdsWithPin();
        }
    }
}
