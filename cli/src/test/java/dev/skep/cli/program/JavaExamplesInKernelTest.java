package dev.skep.cli.program;

import static dev.skep.cli.SkepInside.skep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.cli.input.InputFile;
import dev.skep.linux.LinuxHost;
import dev.skep.linux.feature.Feature;
import dev.skep.linux.feature.KernelFeatures;
import dev.skep.linux.link.StructOpsLink;
import dev.skep.linux.load.LinuxObject;
import dev.skep.object.attach.AttachPoint;
import dev.skep.object.attach.AutoAttach;
import dev.skep.object.attach.PerfSource;
import dev.skep.object.attach.ProbePoint;
import dev.skep.object.attach.Sampling;
import dev.skep.object.host.BpfMap;
import dev.skep.object.host.Link;
import dev.skep.object.host.Program;
import dev.skep.testkit.KernelFeature;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsKernel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples in Java, loaded and attached on the kernel at hand and, with the virtual machine, on others. */
@Tag("vm")
class JavaExamplesInKernelTest {
    /** There is no javac in the virtual machine: {@code vm/steps/tests.sh} has compiled them before. */
    private static final Path CLASSES = Path.of("examples/java/classes");

    private static final Path SOURCES = Path.of("examples/java");

    /** Programs of security modules are loaded where one may attach to its hooks only. */
    private static final String SECURITY_MODULE = "ForbiddenFile";

    /** A structure of functions, of which the kernel must know the types. */
    private static final String STRUCTURE = "Cubic";

    /** Of an IPv4 address behind an Ethernet header. */
    private static final int LAST_BYTE_OF_SOURCE = 14 + 12 + 3;

    private static final Path CONGESTION_CONTROLS = Path.of("/proc/sys/net/ipv4/tcp_available_congestion_control");

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private static boolean isCompiled() {
        return Files.isDirectory(CLASSES);
    }

    private static Path file(String name) {
        return isCompiled() ? CLASSES.resolve(name + ".class") : SOURCES.resolve(name + ".java");
    }

    static List<String> examples() throws IOException {
        String end = isCompiled() ? ".class" : ".java";
        try (Stream<Path> files = Files.list(isCompiled() ? CLASSES : SOURCES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(end) && !file.contains("$"))
                    .map(file -> file.substring(0, file.length() - end.length()))
                    .filter(name -> !name.equals(SECURITY_MODULE) && !name.equals(STRUCTURE))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    @NeedsBpf
    void theKernelLoadsIt(String name) {
        assertThat(skep("load", file(name).toString()).expectSuccess()).contains("yes");
    }

    @Test
    @NeedsKernel(feature = KernelFeature.STRUCT_OPS)
    void aStructureOfFunctionsIsRegisteredWithALinkOrWithout() throws IOException {
        theKernelLoadsIt(STRUCTURE);
        try (LinuxHost host = LinuxHost.open();
                LinuxObject object = load(host, STRUCTURE);
                StructOpsLink registration = object.register(STRUCTURE)) {
            assertThat(registration.isLink()).isEqualTo(KernelFeatures.has(Feature.STRUCT_OPS_LINK));
            assertThat(Files.readString(CONGESTION_CONTROLS)).contains("java_cubic");
        }
    }

    private static LinuxObject load(LinuxHost host, String name) throws IOException {
        return host.load(ProgramFile.read(new InputFile(file(name).toString())));
    }

    private static Link attach(LinuxHost host, LinuxObject object, String program, AttachPoint point) {
        return host.attach(object.program(program).orElseThrow(), point);
    }

    private static Link attach(LinuxHost host, LinuxObject object, String program) {
        AttachPoint point =
                AutoAttach.of(object.program(program).orElseThrow().spec()).orElseThrow();
        return attach(host, object, program, point);
    }

    private static ByteBuffer global(LinuxObject object) {
        BpfMap map = object.map(".bss").orElseThrow();
        return ByteBuffer.wrap(map.lookup(new byte[Integer.BYTES]).orElseThrow())
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Ten senders, one of longer packets: old verifiers look at the first round of the loop only, and must not believe it is all. */
    @Test
    @NeedsBpf
    void aLoopOverAMapSeesEachEntry() throws IOException {
        try (LinuxHost host = LinuxHost.open();
                LinuxObject object = load(host, "BusiestSource")) {
            Program count = object.program("count").orElseThrow();
            for (int i = 0; i < 100; i++) {
                byte sender = (byte) (i % 10);
                byte[] packet = new byte[sender == 7 ? 200 : 60];
                packet[LAST_BYTE_OF_SOURCE] = sender;
                count.run(Program.Input.packet(packet));
            }
            ByteBuffer globals = global(object);
            assertThat(globals.getLong()).as("packets").isEqualTo(100);
            assertThat(globals.getInt()).as("senders").isEqualTo(10);
            assertThat(globals.getInt()).as("the busiest").isEqualTo(7);
            assertThat(globals.getLong()).as("its bytes").isEqualTo(10 * 200);
        }
    }

    @Test
    @NeedsKernel(feature = KernelFeature.LSM)
    void theForbiddenFileIsNotOpened() throws IOException {
        Path forbidden = Files.writeString(folder.resolve("forbidden.txt"), "secret");
        Path other = Files.writeString(folder.resolve("forbidden.txt2"), "public");
        try (LinuxHost host = LinuxHost.open();
                LinuxObject object = load(host, SECURITY_MODULE)) {
            try (Link link = attach(host, object, "open")) {
                assertThat(link).isNotNull();
                assertThatThrownBy(() -> Files.readString(forbidden))
                        .isInstanceOf(FileSystemException.class)
                        .isNotInstanceOf(AccessDeniedException.class)
                        .hasMessageContaining("Operation not permitted");
                assertThat(other).hasContent("public");
                assertThat(global(object).getLong()).isEqualTo(1);
            }
            assertThat(forbidden).hasContent("secret");
        }
    }

    @Test
    @NeedsKernel(feature = KernelFeature.KPROBE_MULTI)
    void functionsForFilesAreCounted() throws IOException {
        try (LinuxHost host = LinuxHost.open();
                LinuxObject object = load(host, "VfsCounter");
                Link link = attach(host, object, "count")) {
            assertThat(link).isNotNull();
            Files.writeString(folder.resolve("file"), "text");
            Files.readString(folder.resolve("file"));
            BpfMap calls = object.map("calls").orElseThrow();
            int functions = 0;
            for (Optional<byte[]> key = calls.nextKey(Optional.empty()); key.isPresent(); key = calls.nextKey(key)) {
                functions++;
            }
            assertThat(functions).as("vfs_open, vfs_read, vfs_write ...").isGreaterThan(2);
        }
    }

    @Test
    @NeedsBpf
    void aBusyProcessIsFoundWithItsStack() throws IOException {
        AttachPoint clock = new ProbePoint.PerfEvent(
                new PerfSource.Software(PerfSource.SoftwareEvent.CPU_CLOCK), Sampling.hertz(199));
        try (LinuxHost host = LinuxHost.open();
                LinuxObject object = load(host, "CpuProfiler");
                Link link = attach(host, object, "sample", clock)) {
            assertThat(link).isNotNull();
            BpfMap samples = object.map("samples").orElseThrow();
            long end = System.nanoTime() + LIMIT.toNanos();
            Optional<byte[]> stack = Optional.empty();
            while (stack.isEmpty() && System.nanoTime() < end) {
                stack = ownStack(samples, object.map("stacks").orElseThrow());
            }
            assertThat(stack)
                    .hasValueSatisfying(addresses ->
                            assertThat(ByteBuffer.wrap(addresses).getLong()).isNotZero());
        }
    }

    /** The addresses of a sample of this process. */
    private static Optional<byte[]> ownStack(BpfMap samples, BpfMap stacks) {
        for (Optional<byte[]> key = samples.nextKey(Optional.empty()); key.isPresent(); key = samples.nextKey(key)) {
            ByteBuffer place = ByteBuffer.wrap(key.get()).order(ByteOrder.LITTLE_ENDIAN);
            int userStack = place.getInt(8);
            if (place.getInt(0) == ProcessHandle.current().pid() && userStack >= 0) {
                return stacks.lookup(ByteBuffer.allocate(Integer.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(userStack)
                        .array());
            }
        }
        return Optional.empty();
    }

    /** Collects garbage, ten times. */
    static final class Collecting {
        private Collecting() {}

        public static void main(String[] arguments) {
            for (int i = 0; i < 10; i++) {
                System.gc();
            }
        }
    }

    @Test
    @NeedsKernel(feature = KernelFeature.UPROBE)
    void pausesOfAnotherJvmAreMeasured() throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"));
        String library = java.resolve("lib/server/libjvm.so").toString();
        try (LinuxHost host = LinuxHost.open();
                LinuxObject object = load(host, "GcPauses");
                Link begin = attach(host, object, "begin", usdt(library, "gc__begin"));
                Link end = attach(host, object, "end", usdt(library, "gc__end"))) {
            assertThat(List.of(begin, end)).doesNotContainNull();
            Process child = new ProcessBuilder(
                            java.resolve("bin/java").toString(),
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Collecting.class.getName())
                    .inheritIO()
                    .start();
            assertThat(child.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(child.exitValue()).isZero();
            ByteBuffer globals = global(object);
            assertThat(globals.getLong()).as("pauses").isGreaterThanOrEqualTo(10);
            assertThat(globals.getLong()).as("the longest in microseconds").isBetween(1L, LIMIT.toNanos() / 1000);
        }
    }

    private static AttachPoint usdt(String library, String name) {
        return new ProbePoint.Usdt(library, "hotspot", name, OptionalInt.empty(), 0);
    }
}
