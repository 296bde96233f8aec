package dev.skep.linux.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.skep.linux.perf.OnlineCpus;
import dev.skep.linux.perf.PerfEvent;
import dev.skep.linux.perf.PerfEventAttr;
import dev.skep.object.attach.PerfSource;
import dev.skep.object.attach.PerfSource.HardwareEvent;
import dev.skep.object.attach.PerfSource.SoftwareEvent;
import dev.skep.object.attach.ProbePoint;
import dev.skep.object.attach.Sampling;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.NeedsBpf;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Performance events that run programs. */
@NeedsBpf
class PerfEventLinkTest {
    private static final CountingProgram.Kind KIND = CountingProgram.Kind.of(ProgramType.PERF_EVENT);

    /** Takes a few milliseconds of processor time. */
    private static void compute() {
        long end = System.nanoTime() + 5_000_000;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static PerfSource clock() {
        return new PerfSource.Software(SoftwareEvent.CPU_CLOCK);
    }

    @Test
    void aClockOfOneCpuKeepsTheContract() {
        try (CountingProgram program = CountingProgram.load(KIND.anyProcess())) {
            new LinkContract(
                            program,
                            new ProbePoint.PerfEvent(
                                    clock(), Sampling.every(1_000_000), OptionalInt.empty(), OptionalInt.of(0), 0),
                            PerfEventLinkTest::compute)
                    .holdsWithPin();
        }
    }

    @Test
    void aClockOfAllCpusKeepsTheContractSaveThatItsPartsArePinned() {
        try (CountingProgram program = CountingProgram.load(KIND)) {
            new LinkContract(
                            program, new ProbePoint.PerfEvent(clock(), Sampling.hertz(999)), PerfEventLinkTest::compute)
                    .holdsWithoutPin();
        }
    }

    @Test
    void anEventForAllCpusIsOneLinkOnEach() {
        try (CountingProgram program = CountingProgram.load(KIND);
                LinuxLink link =
                        Attacher.attach(program.program(), new ProbePoint.PerfEvent(clock(), Sampling.hertz(99)))) {
            int cpus = OnlineCpus.list().size();
            assertThat(link instanceof LinkGroup group ? group.parts().size() : 1)
                    .isEqualTo(cpus);
        }
    }

    @Test
    @Timeout(10)
    void anEventOfOneProcessHandsOverItsCookie() throws IOException {
        Process busy = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
        ProbePoint itsTime = new ProbePoint.PerfEvent(
                new PerfSource.Software(SoftwareEvent.TASK_CLOCK),
                Sampling.every(100_000),
                OptionalInt.of((int) busy.pid()),
                OptionalInt.empty(),
                7);
        try (CountingProgram program = CountingProgram.load(KIND.anyProcess());
                LinuxLink _ = Attacher.attach(program.program(), itsTime)) {
            while (program.runs() == 0) {
                Thread.onSpinWait();
            }
            assertThat(program.cookie()).isEqualTo(7);
        } finally {
            busy.destroyForcibly();
        }
    }

    @Test
    @Timeout(20)
    void anEventOfAProcessIsOfAllItsThreadsAndThoseItStartsLater() throws Exception {
        ProbePoint itsTime = new ProbePoint.PerfEvent(
                new PerfSource.Software(SoftwareEvent.TASK_CLOCK),
                Sampling.every(100_000),
                OptionalInt.of((int) ProcessHandle.current().pid()),
                OptionalInt.empty(),
                0);
        Thread before = Thread.ofPlatform().unstarted(PerfEventLinkTest::spin);
        Thread after = Thread.ofPlatform().unstarted(PerfEventLinkTest::spin);
        try (CountingProgram program = CountingProgram.load(KIND.anyProcess())) {
            before.start();
            try (LinuxLink _ = Attacher.attach(program.program(), itsTime)) {
                awaitRuns(program, 1_000); // a tenth of a second, which waiting alone does not take
                before.interrupt();
                before.join();
                after.start();
                awaitRuns(program, program.runs() + 1_000);
            }
        } finally {
            before.interrupt();
            after.interrupt();
        }
    }

    private static void spin() {
        while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }

    private static void awaitRuns(CountingProgram program, long runs) throws InterruptedException {
        while (program.runs() < runs) {
            Thread.sleep(10);
        }
    }

    /** Many virtual machines, this project's among them, have no unit that counts; the way to attach is that of all perf events. */
    @ParameterizedTest
    @EnumSource(names = {"CPU_CYCLES", "BRANCH_INSTRUCTIONS"})
    void anEventOfTheProcessorKeepsTheContract(HardwareEvent event) {
        skipWhereMissing(event);
        try (CountingProgram program = CountingProgram.load(KIND.anyProcess())) {
            ProbePoint cycles = new ProbePoint.PerfEvent(
                    new PerfSource.Hardware(event), Sampling.every(1_000), OptionalInt.empty(), OptionalInt.of(0), 0);
            new LinkContract(program, cycles, PerfEventLinkTest::compute).holdsWithPin();
        }
    }

    private static void skipWhereMissing(HardwareEvent event) {
        try (Arena arena = Arena.ofConfined()) {
            PerfEventAttr attr = new PerfEventAttr(arena)
                    .set(PerfEventAttr.TYPE, PerfEventAttr.PERF_TYPE_HARDWARE)
                    .set(PerfEventAttr.CONFIG, event.ordinal());
            PerfEvent.open(attr, PerfEvent.Scope.cpu(0), "look for " + event).close();
        } catch (HostException e) {
            assertThat(e.errno()).isIn(Errno.ENOENT, Errno.EOPNOTSUPP, Errno.ENODEV);
            abort("the processor, or what stands in for one, counts no " + event + ": perf_event_open answers "
                    + e.errno());
        }
    }

    @Test
    void aBreakpointKeepsTheContract() throws Exception {
        try (Arena arena = Arena.ofConfined();
                CountingProgram program = CountingProgram.load(KIND)) {
            MemorySegment watched = arena.allocate(ValueLayout.JAVA_LONG);
            new LinkContract(program, writesTo(watched), () -> watched.set(ValueLayout.JAVA_LONG, 0, 1)).holdsWithPin();
        }
    }

    /** In this thread. */
    private static ProbePoint writesTo(MemorySegment watched) throws IOException {
        // /proc/thread-self is PID/task/TID; a breakpoint is set in one thread.
        int thread = Integer.parseInt(Files.readSymbolicLink(Path.of("/proc/thread-self"))
                .getFileName()
                .toString());
        return new ProbePoint.PerfEvent(
                new PerfSource.Breakpoint(watched.address(), Long.BYTES, PerfSource.Breakpoint.Access.WRITE),
                Sampling.every(1),
                OptionalInt.of(thread),
                OptionalInt.empty(),
                0);
    }

    @Test
    void aWriteToAWatchedAddressIsSeen() throws Exception {
        try (Arena arena = Arena.ofConfined();
                CountingProgram program = CountingProgram.load(KIND)) {
            MemorySegment watched = arena.allocate(ValueLayout.JAVA_LONG);
            try (LinuxLink _ = Attacher.attach(program.program(), writesTo(watched))) {
                watched.set(ValueLayout.JAVA_LONG, 0, 1);
                watched.set(ValueLayout.JAVA_LONG, 0, 2);
                assertThat(watched.get(ValueLayout.JAVA_LONG, 0)).isEqualTo(2);
            }
            assertThat(program.runs()).isEqualTo(2);
        }
    }

    @Test
    void aProcessThatHasEndedIsSaidToHave() {
        ProbePoint gone = new ProbePoint.PerfEvent(
                clock(), Sampling.hertz(99), OptionalInt.of(Integer.MAX_VALUE), OptionalInt.empty(), 0);
        try (CountingProgram program = CountingProgram.load(KIND)) {
            assertThatThrownBy(() -> Attacher.attach(program.program(), gone))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ESRCH))
                    .hasMessageContaining("has ended");
        }
    }
}
