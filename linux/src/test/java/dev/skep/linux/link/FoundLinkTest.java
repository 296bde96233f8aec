package dev.skep.linux.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.linux.info.LinkInfo;
import dev.skep.linux.info.LinkPlace;
import dev.skep.linux.info.LinkType;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.info.PerfPlace;
import dev.skep.linux.info.PerfProbe;
import dev.skep.linux.info.Pin;
import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.object.attach.NetworkPoint;
import dev.skep.object.attach.PerfSource;
import dev.skep.object.attach.PerfSource.SoftwareEvent;
import dev.skep.object.attach.ProbePoint;
import dev.skep.object.attach.Sampling;
import dev.skep.object.host.HostException;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.NeedsBpf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What the kernel says of links, and taking over those that others made. */
@NeedsBpf
class FoundLinkTest {
    private static CountingProgram load(ProgramType type) {
        return CountingProgram.load(CountingProgram.Kind.of(type));
    }

    @Test
    void aRawTracepointTellsItsNameAndCookie() {
        try (CountingProgram program = load(ProgramType.RAW_TRACEPOINT);
                BpfLink link =
                        (BpfLink) Attacher.attach(program.program(), new ProbePoint.RawTracepoint("sys_enter", 5))) {
            LinkInfo info = link.info();
            assertThat(info.type()).contains(LinkType.RAW_TRACEPOINT);
            assertThat(info.programId()).isEqualTo(program.program().info().id());
            assertThat(info.place()).isEqualTo(new LinkPlace.RawTracepoint("sys_enter", 5));
            assertThat(LinkInfo.all()).contains(info);
            assertThat(ObjectKind.LINK.ids()).contains(info.id());
            int pid = (int) ProcessHandle.current().pid();
            assertThat(PerfProbe.all())
                    .contains(new PerfProbe(
                            pid,
                            link.descriptor().number(),
                            info.programId(),
                            PerfProbe.Kind.RAW_TRACEPOINT,
                            "sys_enter",
                            0,
                            0));
            assertThat(PerfProbe.of(pid, program.program().descriptor().number()))
                    .isEmpty();
        }
    }

    @Test
    void perfEventsTellWhatTheyAre() {
        try (PrivateMount tracefs = PrivateMount.of("tracefs");
                CountingProgram tracepoint = load(ProgramType.TRACEPOINT);
                CountingProgram switches = load(ProgramType.PERF_EVENT);
                LinuxLink first = Attacher.attach(
                        tracepoint.program(), new ProbePoint.Tracepoint("syscalls", "sys_enter_newuname", 7));
                LinuxLink second = Attacher.attach(
                        switches.program(),
                        new ProbePoint.PerfEvent(
                                new PerfSource.Software(SoftwareEvent.CONTEXT_SWITCHES),
                                Sampling.hertz(1),
                                OptionalInt.empty(),
                                OptionalInt.of(0),
                                8))) {
            assertThat(tracefs.root()).isDirectory();
            assertThat(((BpfLink) first).info().place())
                    .isEqualTo(new LinkPlace.PerfEvent(new PerfPlace.Tracepoint("sys_enter_newuname", 7)));
            assertThat(((BpfLink) second).info().place())
                    .isEqualTo(new LinkPlace.PerfEvent(
                            new PerfPlace.Event(1, 3, 8))); // PERF_TYPE_SOFTWARE, CONTEXT_SWITCHES
        }
    }

    @Test
    void aPinnedLinkIsFoundAndTakenOver() throws IOException {
        try (PrivateMount bpffs = PrivateMount.of("bpf");
                TestCgroup group = new TestCgroup();
                VerdictProgram first =
                        VerdictProgram.of(ProgramType.CGROUP_SKB, Optional.of(AttachType.CGROUP_INET_EGRESS), 1);
                VerdictProgram second =
                        VerdictProgram.of(ProgramType.CGROUP_SKB, Optional.of(AttachType.CGROUP_INET_EGRESS), 1)) {
            Path pin = bpffs.root().resolve("link");
            int id;
            try (BpfLink link = (BpfLink) Attacher.attach(first.program(), NetworkPoint.Cgroup.at(group.path()))) {
                link.pin(pin);
                id = link.info().id();
            }
            assertThat(Pin.all(bpffs.root())).containsExactly(new Pin(pin, ObjectKind.LINK, id));
            assertThatThrownBy(() -> LinuxMap.ofPin(pin)).hasMessageContaining("a link is pinned at");
            try (FoundLink found = FoundLink.ofPin(pin);
                    FoundLink same = FoundLink.ofId(id)) {
                assertThat(found.info()).isEqualTo(same.info());
                assertThat(found.info().place()).isInstanceOf(LinkPlace.Cgroup.class);
                found.update(second.program());
                assertThat(same.info().programId())
                        .isEqualTo(second.program().info().id());
                assertThat(found.detach()).isTrue();
                assertThat(same.info().place())
                        .isInstanceOfSatisfying(
                                LinkPlace.Cgroup.class,
                                place -> assertThat(place.cgroupId()).isZero());
            }
        }
    }

    @Test
    void pinnedProgramsAndMapsAreFound() {
        try (PrivateMount bpffs = PrivateMount.of("bpf");
                CountingProgram program = load(ProgramType.RAW_TRACEPOINT)) {
            Path pin = bpffs.root().resolve("program");
            program.program().pin(pin);
            Path mapPin = bpffs.root().resolve("map");
            try (LinuxProgram found = LinuxProgram.ofPin(pin);
                    LinuxMap map = LinuxMap.ofId(program.mapId())) {
                assertThat(found.info().tag())
                        .isEqualTo(program.program().info().tag());
                map.pin(mapPin);
                try (LinuxMap again = LinuxMap.ofPin(mapPin)) {
                    assertThat(again.info()).isEqualTo(map.info());
                }
            }
            assertThat(Pin.all(bpffs.root())).extracting(Pin::kind).contains(ObjectKind.PROGRAM, ObjectKind.MAP);
            assertThatThrownBy(() -> FoundLink.ofPin(mapPin))
                    .isInstanceOf(HostException.class)
                    .hasMessageContaining("a map is pinned at");
        }
    }
}
