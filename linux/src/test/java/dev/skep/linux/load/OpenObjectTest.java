package dev.skep.linux.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.linux.LinuxHost;
import dev.skep.linux.link.PrivateMount;
import dev.skep.linux.machine.KernelRelease;
import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.map.MapMemory;
import dev.skep.object.BpfObject;
import dev.skep.object.assembly.Assembler;
import dev.skep.object.file.ObjectReader;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.host.Program;
import dev.skep.testkit.NeedsBpf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@NeedsBpf
class OpenObjectTest {
    private static final int XDP_PASS = 2;
    private static final byte[] PACKET = new byte[64];

    private final LinuxHost host = LinuxHost.open();
    private final BpfObject object = read();

    private static BpfObject read() {
        try {
            return ObjectReader.read(Files.readAllBytes(Path.of("src/test/c/loader.bpf.o")), "loader");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void close() {
        host.close();
    }

    private static long run(LinuxObject loaded, String program) {
        return loaded.program(program)
                .orElseThrow()
                .run(Program.Input.packet(PACKET))
                .returnValue();
    }

    private static byte[] word(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array();
    }

    @Test
    void globalsHaveTheValuesOfTheSourceAndAreSharedWithTheProgram() {
        try (LinuxObject loaded = host.load(object)) {
            assertThat(run(loaded, "passes")).isEqualTo(XDP_PASS);
            try (MapMemory globals = loaded.map(".bss").orElseThrow().memory(false)) {
                assertThat(globals.all().get(ValueLayout.JAVA_LONG, 0)).isEqualTo(47);
            }
        }
    }

    @Test
    void constantsAndGlobalsCanBeSetBeforeLoading() {
        byte[] hundred = ByteBuffer.allocate(8)
                .order(ByteOrder.nativeOrder())
                .putLong(100)
                .array();
        try (LinuxObject loaded = host.open(object)
                .global("limit", word(1))
                .global("initial", hundred)
                .load()) {
            assertThat(run(loaded, "passes")).isEqualTo(XDP_PASS);
            try (MapMemory globals = loaded.map(".bss").orElseThrow().memory(false)) {
                assertThat(globals.all().get(ValueLayout.JAVA_LONG, 0)).isEqualTo(101);
            }
        }
        assertThatThrownBy(() -> host.open(object).global("limit", new byte[8])).hasMessage("limit has 4 bytes, not 8");
        assertThatThrownBy(() -> host.open(object).global("limits", word(1)))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("loader has no global variable limits");
    }

    @Test
    void constantsAreFrozen() {
        try (LinuxObject loaded = host.load(object)) {
            LinuxMap constants = loaded.map(".rodata").orElseThrow();
            assertThatThrownBy(() -> constants.update(word(0), word(1)))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EPERM));
        }
    }

    @Test
    void mapsOfGlobalsAreNamedAfterTheObjectInTheKernel() {
        try (LinuxObject loaded = host.load(object)) {
            assertThat(loaded.map(".rodata").orElseThrow().info().name()).isEqualTo("loader.rodata");
            assertThat(loaded.map("table").orElseThrow().info().name()).isEqualTo("table");
        }
    }

    @Test
    void sizesAreSettledForTheMachineAndCanBeChanged() {
        try (LinuxObject loaded = host.open(object).maxEntries("table", 1000).load()) {
            assertThat(loaded.map("table").orElseThrow().info().maxEntries()).isEqualTo(1000);
            assertThat(loaded.map("ring").orElseThrow().info().maxEntries()).isEqualTo(8192);
            assertThat(loaded.map("per_cpu_events").orElseThrow().info().maxEntries())
                    .isPositive();
        }
    }

    @Test
    void slotsOfMapsHoldWhatTheSourceSays() {
        try (LinuxObject loaded = host.load(object)) {
            assertThat(loaded.map("outer").orElseThrow().heldId(word(1)))
                    .contains(loaded.map("first").orElseThrow().info().id());
            assertThat(run(loaded, "jumps_on")).isEqualTo(XDP_PASS);
        }
    }

    @Test
    void externsAreResolvedAgainstTheRunningKernelAndWeakOnesMayBeAbsent() {
        try (LinuxObject loaded = host.load(object)) {
            assertThat(run(loaded, "knows_kernel"))
                    .isEqualTo(KernelRelease.running().major());
        }
        try (LinuxObject loaded = host.open(object)
                .configuration("LINUX_KERNEL_VERSION", Integer.toString(99 << 16))
                .load()) {
            assertThat(run(loaded, "knows_kernel")).isEqualTo(99);
        }
    }

    @Test
    void aMarkedProgramIsLoadedOnlyIfAskedFor() {
        try (LinuxObject loaded = host.load(object)) {
            assertThat(loaded.program("refused")).isEmpty();
            assertThat(loaded.outcomes()).anyMatch(ProgramOutcome.NotWanted.class::isInstance);
        }
        try (LinuxObject loaded = host.open(object)
                .autoload("passes", false)
                .autoload("jumps_on", false)
                .loadEach()) {
            assertThat(loaded.programs()).map(p -> p.spec().name()).containsExactly("knows_kernel");
        }
    }

    @Test
    void aRefusalSaysWhatTheVerifierSaidAndWhereInTheSource() {
        assertThatThrownBy(() -> host.open(object).autoload("refused", true).load())
                .isInstanceOfSatisfying(LoadException.class, e -> {
                    Rejection rejection = e.rejection();
                    assertThat(e.errno()).isEqualTo(Errno.EACCES);
                    assertThat(rejection.log().complete()).isTrue();
                    assertThat(rejection.log().reason()).contains("invalid mem access 'map_value_or_null'");
                    assertThat(rejection.line().orElseThrow().text()).contains("return *value;");
                    assertThat(e)
                            .hasMessageContaining("program refused of loader")
                            .hasMessageContaining("loader.bpf.c:");
                });
    }

    @Test
    void aLogOfAnySizeIsWhole() {
        // What the verifier says of each instruction is about 20 bytes; the first buffer has 64 KiB.
        String text = "r0 = 0\n" + "r0 += 1\n".repeat(30_000) + "r1 = *(u64 *)(r0 + 0)\nexit\n";
        BpfObject large =
                Assembler.object("large", "Disassembly of section xdp:\n\n0000000000000000 <large>:\n" + text);
        assertThatThrownBy(() -> host.load(large)).isInstanceOfSatisfying(LoadException.class, e -> {
            assertThat(e.rejection().log().text()).hasSizeGreaterThan(1 << 17).startsWith("0: ");
            assertThat(e.rejection().log().complete()).isTrue();
            assertThat(e.rejection().log().reason()).contains("R0 invalid mem access");
        });
    }

    @Test
    void oneRefusedProgramDoesNotKeepTheOthersOut() {
        try (LinuxObject loaded = host.open(object).autoload("refused", true).loadEach()) {
            assertThat(loaded.programs()).hasSize(3);
            assertThat(loaded.outcomes())
                    .filteredOn(ProgramOutcome.Rejected.class::isInstance)
                    .hasSize(1);
        }
    }

    @Test
    void codeThatUsesAMapThatWasNotCreatedIsRefused() {
        assertThatThrownBy(() -> host.open(object).autocreate("jumps", false).load())
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("program jumps_on");
    }

    @Test
    void aPinnedMapIsUsedAgainIfItIsTheSame() throws IOException {
        try (PrivateMount mount = PrivateMount.of("bpf")) {
            Path pin = mount.root().resolve("table");
            try (LinuxObject first = host.open(object).pin("table", pin).load()) {
                first.map("table").orElseThrow().update(word(3), new byte[] {9, 0, 0, 0, 0, 0, 0, 0});
            }
            try (LinuxObject second = host.open(object).pin("table", pin).load()) {
                assertThat(second.map("table").orElseThrow().lookup(word(3)).orElseThrow())
                        .startsWith(9);
            }
            assertThatThrownBy(() -> host.open(object)
                            .maxEntries("table", 17)
                            .pin("table", pin)
                            .load())
                    .hasMessageContaining("max_entries is 16, wanted 17");
        }
    }

    @Test
    void globalsInAnArenaThatIsUsedAgainKeepTheirValues() throws IOException {
        BpfObject walker =
                ObjectReader.read(Files.readAllBytes(Path.of("../object/src/test/c/corpus/arena.o")), "arena");
        try (PrivateMount mount = PrivateMount.of("bpf")) {
            Path pin = mount.root().resolve("arena");
            byte[] first = {7, 0, 0, 0};
            try (LinuxObject loaded = arenaAlone(walker, pin)) {
                loaded.arena().orElseThrow().all().asSlice(0, 4).copyFrom(MemorySegment.ofArray(first));
            }
            try (LinuxObject loaded = arenaAlone(walker, pin)) {
                assertThat(loaded.arena().orElseThrow().all().asSlice(0, 4).toArray(ValueLayout.JAVA_BYTE))
                        .isEqualTo(first);
            }
        }
    }

    private LinuxObject arenaAlone(BpfObject object, Path pin) {
        return host.open(object).pin("arena", pin).autoload("walks", false).load();
    }

    @Test
    void foldersOfAPinAreMadeWhereTheyAreMissing() throws IOException {
        try (PrivateMount mount = PrivateMount.of("bpf")) {
            Path pin = mount.root().resolve("some/where/table");
            try (LinuxObject loaded = host.open(object).pin("table", pin).load()) {
                assertThat(pin).exists();
                assertThat(loaded.map("table")).isPresent();
            }
            Files.delete(pin);
        }
    }

    @Test
    void aLoadThatFailsTakesItsPinsBack() throws IOException {
        try (PrivateMount mount = PrivateMount.of("bpf")) {
            Path pin = mount.root().resolve("some/where/table");
            assertThatThrownBy(() -> host.open(object)
                            .pin("table", pin)
                            .autoload("refused", true)
                            .load())
                    .isInstanceOf(LoadException.class);
            assertThat(mount.root().resolve("some")).doesNotExist();
        }
    }

    @Test
    void aMapOfTheCallersIsUsedAndStaysOpen() {
        try (LinuxObject first = host.load(object)) {
            LinuxMap table = first.map("table").orElseThrow();
            try (LinuxObject second = host.open(object).reuse("table", table).load()) {
                assertThat(second.map("table")).contains(table);
            }
            assertThat(table.descriptor().isOpen()).isTrue();
        }
    }

    @Test
    void aMapThatIsClosedCannotBeUsedAgain() {
        try (LinuxObject first = host.load(object)) {
            OpenObject second =
                    host.open(object).reuse("table", first.map("table").orElseThrow());
            first.close();
            assertThatThrownBy(second::load)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }

    @Test
    void nothingStaysBehindWhetherLoadingSucceedsOrNot() throws IOException {
        host.load(object).close(); // features are probed once
        int before = descriptors();
        host.load(object).close();
        assertThatThrownBy(() -> host.open(object).autoload("refused", true).load())
                .isInstanceOf(LoadException.class);
        assertThatThrownBy(() -> host.open(object).maxEntries("table", -1).load())
                .isInstanceOf(HostException.class);
        assertThat(descriptors()).isEqualTo(before);
    }

    private static int descriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return (int) open.count();
        }
    }

    @Test
    void theLogOfAProgramThatIsTakenCanBeAskedFor() {
        try (LinuxObject loaded = host.open(object).logLevel(1).load()) {
            assertThat(loaded.outcomes())
                    .filteredOn(outcome -> outcome instanceof ProgramOutcome.Loaded)
                    .hasSize(3)
                    .allSatisfy(outcome -> assertThat(outcome)
                            .isInstanceOfSatisfying(
                                    ProgramOutcome.Loaded.class,
                                    taken -> assertThat(taken.log().text()).contains("processed ")));
        }
    }
}
