package dev.skep.linux.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.linux.LinuxHost;
import dev.skep.linux.load.LinuxObject;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.symbol.CompiledBinary;
import dev.skep.linux.system.OpenDescriptors;
import dev.skep.object.InputException;
import dev.skep.object.attach.ProbePoint;
import dev.skep.object.file.ObjectReader;
import dev.skep.object.host.BpfMap;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsTool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Probes that programs define, and their arguments as an object compiled with libbpf's usdt.bpf.h gets them. */
@NeedsBpf
@NeedsTool("gcc")
class UsdtLinkTest {
    private static final Path OBJECT = Path.of("src/test/c/usdt.bpf.o");

    @TempDir
    private static Path folder;

    private static String binary = "";

    /** The object, loaded, and what its program has seen: {@code struct seen} of usdt.bpf.c. */
    private record Observer(LinuxHost host, LinuxObject object) implements AutoCloseable {
        static Observer load() throws IOException {
            LinuxHost host = LinuxHost.open();
            return new Observer(host, host.load(ObjectReader.read(Files.readAllBytes(OBJECT), OBJECT.toString())));
        }

        LinuxProgram program() {
            return object.program("see").orElseThrow();
        }

        LinuxLink attach(String probe, OptionalInt pid, long cookie) {
            return Attacher.attach(program(), new ProbePoint.Usdt(binary, "skep", probe, pid, cookie));
        }

        private long seen(int index) {
            BpfMap map = object.map("seen").orElseThrow();
            return ByteBuffer.wrap(map.lookup(new byte[4]).orElseThrow())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getLong(index * Long.BYTES);
        }

        long runs() {
            return seen(0);
        }

        long cookie() {
            return seen(2);
        }

        long[] arguments() {
            long[] all = new long[(int) seen(1)];
            Arrays.setAll(all, i -> seen(3 + i));
            return all;
        }

        @Override
        public void close() {
            object.close();
            host.close();
        }
    }

    @BeforeAll
    static void compile() {
        binary = CompiledBinary.program(folder, "usdt.c", "-fPIE", "-pie").toString();
    }

    @Test
    void aProbeKeepsTheContract() {
        try (CountingProgram program = CountingProgram.load(
                        CountingProgram.Kind.of(ProgramType.KPROBE).anyProcess());
                Subject subject = Subject.start(binary)) {
            new LinkContract(program, new ProbePoint.Usdt(binary, "skep", "registers"), subject::work).holdsWithPin();
        }
    }

    @Test
    void aProbeInSeveralPlacesIsOneLinkForEachOrOneForAll() {
        CountingProgram.Kind one = CountingProgram.Kind.of(ProgramType.KPROBE).anyProcess();
        CountingProgram.Kind all = CountingProgram.Kind.of(ProgramType.KPROBE, AttachType.TRACE_UPROBE_MULTI)
                .anyProcess();
        ProbePoint twice = new ProbePoint.Usdt(binary, "skep", "twice");
        try (CountingProgram each = CountingProgram.load(one);
                CountingProgram multi = CountingProgram.load(all);
                Subject subject = Subject.start(binary)) {
            new LinkContract(each, twice, subject::work).holdsWithoutPin();
            new LinkContract(multi, twice, subject::work).holdsWithPin();
            long before = multi.runs();
            try (LinuxLink group = Attacher.attach(each.program(), twice);
                    LinuxLink _ = Attacher.attach(multi.program(), twice)) {
                assertThat(group)
                        .isInstanceOfSatisfying(
                                LinkGroup.class,
                                link -> assertThat(link.parts()).hasSize(2));
                subject.work();
                assertThat(multi.runs()).isEqualTo(before + 2);
            }
        }
    }

    @Test
    void argumentsInRegistersHaveTheirSizesAndSigns() throws IOException {
        assertThat(argumentsOf("registers")).containsExactly(-7, 0x123456789abcdefL, -300, 200);
    }

    @Test
    void argumentsAreConstantsAndInMemory() throws IOException {
        assertThat(argumentsOf("places")).containsExactly(-5, -20, 10);
    }

    private static long[] argumentsOf(String probe) throws IOException {
        try (Observer observer = Observer.load();
                Subject subject = Subject.start(binary);
                LinuxLink _ = observer.attach(probe, OptionalInt.of(subject.pid()), 42)) {
            subject.work();
            assertThat(observer.runs()).isEqualTo(1);
            assertThat(observer.cookie()).isEqualTo(42);
            return observer.arguments();
        }
    }

    @Test
    void aProbesPlacesDifferInTheirArguments() throws IOException {
        try (Observer observer = Observer.load();
                Subject subject = Subject.start(binary);
                LinuxLink _ = observer.attach("twice", OptionalInt.of(subject.pid()), 0)) {
            subject.work(); // 1 in a constant, then 2 in a register
            assertThat(observer.runs()).isEqualTo(2);
            assertThat(observer.arguments()).containsExactly(2);
        }
    }

    @Test
    void aSemaphoreIsRaisedWhileSomebodyListens() throws IOException {
        try (Observer observer = Observer.load();
                Subject subject = Subject.start(binary)) {
            try (LinuxLink _ = observer.attach("watched", OptionalInt.empty(), 0)) {
                subject.work(); // passes the probe only if it is watched
                assertThat(observer.runs()).isEqualTo(1);
                assertThat(observer.arguments()).containsExactly(77);
            }
            subject.work();
            assertThat(observer.runs()).isEqualTo(1);
        }
    }

    @Test
    void entriesOfTheMapAreUsedAgainAndNothingIsLeftOpen() throws IOException {
        try (Observer observer = Observer.load()) {
            long descriptors = OpenDescriptors.count();
            for (int i = 0; i < 300; i++) { // the map has 256
                observer.attach("registers", OptionalInt.empty(), 0).close();
            }
            assertThat(OpenDescriptors.count()).isEqualTo(descriptors);
        }
    }

    @Test
    void anIndexedArgumentNeedsANewerHeader() throws IOException {
        try (Observer observer = Observer.load()) {
            assertThatThrownBy(() -> observer.attach("indexed", OptionalInt.empty(), 0))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("libbpf 1.7");
        }
    }

    @Test
    void hotSpotsOwnProbesAreSeen() throws IOException {
        int self = (int) ProcessHandle.current().pid();
        ProbePoint begin = new ProbePoint.Usdt("libjvm.so", "hotspot", "gc__begin", OptionalInt.of(self), 0);
        try (Observer observer = Observer.load();
                LinuxLink _ = Attacher.attach(observer.program(), begin)) {
            System.gc();
            assertThat(observer.runs()).isPositive();
            assertThat(observer.arguments()).containsExactly(1); // a full collection
        }
    }

    @Test
    void anUnknownProbeIsAnsweredWithTheNearest() throws IOException {
        try (Observer observer = Observer.load()) {
            assertThatThrownBy(() -> observer.attach("wached", OptionalInt.empty(), 0))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
                    .hasMessageContaining("skep:watched");
        }
    }
}
