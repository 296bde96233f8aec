package dev.skep.linux.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.linux.LinuxHost;
import dev.skep.linux.load.LinuxObject;
import dev.skep.linux.system.OpenDescriptors;
import dev.skep.object.attach.IteratorScope;
import dev.skep.object.attach.ProbePoint;
import dev.skep.object.file.ObjectReader;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.NeedsBpf;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Iterators: the program is called for each thing as somebody reads. */
@NeedsBpf
class IteratorLinkTest {
    private static CountingProgram load(String kind) {
        return CountingProgram.load(CountingProgram.Kind.of(ProgramType.TRACING, AttachType.TRACE_ITER)
                .forType(KernelTypes.iterator(kind))
                .withoutCookie());
    }

    /** Goes through everything. @return how often the program ran */
    private static long pass(LinuxLink link, CountingProgram program) throws IOException {
        long before = program.runs();
        try (IteratorStream stream = IteratorStream.open((BpfLink) link)) {
            assertThat(stream.readAllBytes()).isEmpty();
        }
        return program.runs() - before;
    }

    @Test
    void theProgramRunsForEachTaskAndOnceForTheEnd() throws IOException {
        try (CountingProgram program = load("task");
                LinuxLink link = Attacher.attach(program.program(), new ProbePoint.Iterator("task"))) {
            assertThat(program.runs()).isZero();
            assertThat(pass(link, program)).isGreaterThan(2);
        }
    }

    @Test
    void oneProcessOrOneThreadCanBeMeant() throws IOException {
        int self = (int) ProcessHandle.current().pid();
        try (CountingProgram program = load("task");
                LinuxLink process = attach(program, new IteratorScope.Process(self));
                LinuxLink thread = attach(program, new IteratorScope.Thread(self))) {
            assertThat(pass(process, program)).isGreaterThan(3); // a JVM has many threads
            assertThat(pass(thread, program)).isEqualTo(2);
        }
    }

    private static LinuxLink attach(CountingProgram program, IteratorScope scope) {
        return Attacher.attach(program.program(), new ProbePoint.Iterator("task", scope));
    }

    @Test
    void itsProgramCanBeReplaced() throws IOException {
        try (CountingProgram first = load("task");
                CountingProgram second = load("task");
                LinuxLink link = Attacher.attach(first.program(), new ProbePoint.Iterator("task"))) {
            link.update(second.program());
            assertThat(pass(link, second)).isPositive();
            assertThat(first.runs()).isZero();
        }
    }

    @Test
    void aPinnedOneIsReadAsAFileAndEndsWithIt() throws IOException {
        try (CountingProgram program = load("task");
                PrivateMount bpffs = PrivateMount.of("bpf")) {
            Path pin = bpffs.root().resolve("tasks");
            try (LinuxLink link = Attacher.attach(program.program(), new ProbePoint.Iterator("task"))) {
                link.pin(pin);
            }
            assertThat(pin).exists();
            try (LinuxLink reopened = LinkContract.reopen(pin, program, new ProbePoint.Iterator("task"))) {
                assertThat(pass(reopened, program)).isPositive();
            }
            Files.delete(pin);
        }
    }

    @Test
    void nothingIsLeftOpen() throws IOException {
        try (CountingProgram program = load("task")) {
            long descriptors = OpenDescriptors.count();
            try (LinuxLink link = Attacher.attach(program.program(), new ProbePoint.Iterator("task"))) {
                pass(link, program);
            }
            assertThat(OpenDescriptors.count()).isEqualTo(descriptors);
        }
    }

    @Test
    void theElementsOfAMapNeedAMap() throws IOException {
        try (CountingProgram program = load("bpf_map_elem")) {
            assertThatThrownBy(() -> Attacher.attach(program.program(), new ProbePoint.Iterator("bpf_map_elem")))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBADF))
                    .hasMessageContaining("MapElements");
            ProbePoint elements =
                    new ProbePoint.Iterator("bpf_map_elem", new IteratorScope.MapElements(program.mapId()));
            try (LinuxLink link = Attacher.attach(program.program(), elements)) {
                assertThat(pass(link, program)).isEqualTo(2); // its one element and the end
            }
        }
    }

    @Test
    void controlGroupsAreWalkedInTheOrderAskedFor() throws IOException {
        try (CountingProgram program = load("cgroup");
                PrivateMount cgroups = PrivateMount.of("cgroup2")) {
            Path parent = Files.createDirectory(cgroups.root()
                    .resolve("skep-iter-" + ProcessHandle.current().pid()));
            Path child = Files.createDirectory(parent.resolve("child"));
            try {
                assertThat(walk(program, parent, IteratorScope.ControlGroups.Order.SELF_ONLY))
                        .isEqualTo(2);
                assertThat(walk(program, parent, IteratorScope.ControlGroups.Order.DESCENDANTS_PRE))
                        .isEqualTo(3);
                assertThat(walk(program, child, IteratorScope.ControlGroups.Order.ANCESTORS_UP))
                        .isEqualTo(4);
            } finally {
                Files.delete(child);
                Files.delete(parent);
            }
        }
    }

    private static long walk(CountingProgram program, Path group, IteratorScope.ControlGroups.Order order)
            throws IOException {
        ProbePoint point = new ProbePoint.Iterator("cgroup", new IteratorScope.ControlGroups(group.toString(), order));
        try (LinuxLink link = Attacher.attach(program.program(), point)) {
            return pass(link, program);
        }
    }

    @Test
    void whatTheProgramWritesIsReadAsText() throws IOException {
        Path object = Path.of("src/test/c/tasks.bpf.o");
        long self = ProcessHandle.current().pid();
        try (LinuxHost host = LinuxHost.open();
                LinuxObject loaded = host.load(ObjectReader.read(Files.readAllBytes(object), object.toString()));
                BpfLink link = (BpfLink) loaded.attachAll().getFirst();
                InputStream stream = IteratorStream.open(link)) {
            String text = new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(text.lines()).contains(self + " " + self);
        }
    }
}
