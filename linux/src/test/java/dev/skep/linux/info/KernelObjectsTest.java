package dev.skep.linux.info;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.map.NewMaps;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.program.NewPrograms;
import dev.skep.linux.program.TestRunOptions;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Programs, maps and BTF by id: what the kernel says of them, who holds them, what they are made of. */
@NeedsBpf
class KernelObjectsTest {
    private static LinuxProgram countingProgram(LinuxMap map) {
        return NewPrograms.load(ProgramType.XDP, """
                *(u32 *)(r10 - 4) = 0
                r2 = r10
                r2 += -4
                r1 = %d ll
                call bpf_map_lookup_elem
                r0 = 2
                exit
                """, map);
    }

    @Test
    void aProgramIsFoundByItsId() {
        try (LinuxMap map = NewMaps.create(MapType.ARRAY, 4, 8, 1);
                LinuxProgram program = countingProgram(map)) {
            ProgramInfo info = program.info();
            assertThat(info.name()).isEqualTo("skep_test");
            assertThat(info.type()).contains(ProgramType.XDP);
            assertThat(info.tag().length()).isEqualTo(8);
            assertThat(info.mapIds()).containsExactly(map.info().id());
            assertThat(info.gplCompatible()).isTrue();
            assertThat(info.translatedLength()).isPositive().isEqualTo(info.translatedLength() / 8 * 8);
            assertThat(info.verifiedInstructions()).isPositive();
            assertThat(info.device()).isEmpty();
            assertThat(ObjectKind.PROGRAM.ids()).contains(info.id()).isSorted();
            assertThat(ProgramInfo.all())
                    .anyMatch(each -> each.id() == info.id() && each.tag().equals(info.tag()));
            try (LinuxProgram again = LinuxProgram.ofId(info.id())) {
                assertThat(again.spec().name()).isEqualTo("skep_test");
                assertThat(again.testRun(TestRunOptions.packet(new byte[64])).returnValue())
                        .isEqualTo(2);
            }
        }
    }

    @Test
    @NeedsTool("bpftool")
    void bpftoolSeesTheSameTagAndCode() {
        try (LinuxMap map = NewMaps.create(MapType.ARRAY, 4, 8, 1);
                LinuxProgram program = countingProgram(map)) {
            ProgramInfo info = program.info();
            String shown = Tools.run(
                            List.of("bpftool", "prog", "show", "id", Integer.toString(info.id())),
                            Duration.ofSeconds(20))
                    .expectSuccess()
                    .stdout();
            assertThat(shown)
                    .contains("tag " + info.tag(), "xlated " + info.translatedLength() + "B")
                    .contains(
                            "jited " + info.compiledLength() + "B",
                            "map_ids " + map.info().id());
        }
    }

    @Test
    void codeIsShownAsRewrittenAndAsCompiled() {
        try (LinuxMap map = NewMaps.create(MapType.HASH, 4, 8, 1);
                LinuxProgram program = countingProgram(map)) {
            ProgramCode code = ProgramCode.of(program.descriptor());
            assertThat(code.translated().slotCount() * 8)
                    .isEqualTo(program.info().translatedLength());
            assertThat(code.translated().asList())
                    .filteredOn(Instruction::isWide)
                    .first()
                    .satisfies(
                            lddw -> assertThat(lddw.imm()).isEqualTo(map.info().id()));
            assertThat(code.compiled()).hasSize(1).allSatisfy(function -> {
                assertThat(function.address()).isNegative(); // the kernel's half of the addresses
                assertThat(function.tag()).isEqualTo(program.info().tag());
                assertThat(function.code().length()).isEqualTo(program.info().compiledLength());
            });
            assertThat(code.name()).isEmpty(); // loaded without BTF
        }
    }

    @Test
    void runsAreCountedWhileStatisticsAreEnabled() {
        try (LinuxMap map = NewMaps.create(MapType.ARRAY, 4, 8, 1);
                LinuxProgram program = countingProgram(map)) {
            program.testRun(TestRunOptions.packet(new byte[64]).withRepeat(10));
            long before = program.info().runs().runs();
            try (RunStatistics counting = RunStatistics.enable()) {
                program.testRun(TestRunOptions.packet(new byte[64]).withRepeat(10));
                assertThat(counting).isNotNull();
            }
            RunCounts runs = program.info().runs();
            assertThat(runs.runs()).isEqualTo(before + 10);
            assertThat(runs.time()).isPositive();
        }
    }

    @Test
    void aMapIsFoundByItsId() {
        try (LinuxMap map =
                NewMaps.create(MapSpec.of("found", MapType.HASH, 4, 8, 3).withFlags(1))) {
            MapInfo info = map.info();
            assertThat(info.spec()).isEqualTo(map.spec());
            assertThat(MapInfo.all()).contains(info);
            assertThat(DescriptorNotes.of(map.descriptor()))
                    .satisfies(notes -> assertThat(notes.kind()).contains(ObjectKind.MAP))
                    .satisfies(notes -> assertThat(notes.id()).isEqualTo(info.id()))
                    .satisfies(notes -> assertThat(notes.memory()).isPositive())
                    .satisfies(notes -> assertThat(notes.frozen()).isFalse());
            try (LinuxMap again = LinuxMap.ofId(info.id())) {
                again.update(new byte[4], new byte[8]);
                assertThat(map.lookup(new byte[4])).isPresent();
            }
        }
    }

    @Test
    void whatHasGoneIsNotFound() {
        int id;
        try (LinuxMap map = NewMaps.create(MapType.ARRAY, 4, 4, 1)) {
            id = map.info().id();
        }
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos(); // the kernel lets go a moment later
        while (ObjectKind.MAP.find(id).isPresent() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(ObjectKind.MAP.find(id)).isEmpty();
        assertThatThrownBy(() -> LinuxMap.ofId(id))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
                .hasMessageContaining("there is no map of id " + id);
    }

    @Test
    void listsSurviveObjectsThatComeAndGo() throws InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        Thread churn = Thread.ofPlatform().start(() -> {
            while (!stop.get()) {
                NewMaps.create(MapType.ARRAY, 4, 4, 1).close();
            }
        });
        try (LinuxMap stays = NewMaps.create(MapType.ARRAY, 4, 4, 1)) {
            int id = stays.info().id();
            for (int i = 0; i < 50; i++) {
                assertThat(MapInfo.all()).anyMatch(info -> info.id() == id);
            }
        } finally {
            stop.set(true);
            churn.join();
        }
    }

    @Test
    void typesAreReadBackFromTheKernel() {
        Btf types = Btf.of(List.of(new BtfType.Int("skep_number", 4, true, false, false, 0, 32)));
        try (FileDescriptor descriptor = NewMaps.load(types)) {
            BtfInfo info = BtfInfo.of(descriptor);
            assertThat(info.kernel()).isFalse();
            assertThat(info.types(Btf.EMPTY)).isEqualTo(types);
            assertThat(BtfInfo.all())
                    .contains(info)
                    .anyMatch(each -> each.name().equals("vmlinux") && !each.split());
        }
    }

    @Test
    void thisProcessIsAmongTheHolders() {
        try (LinuxMap map = NewMaps.create(MapType.ARRAY, 4, 4, 1)) {
            List<Holder> holders =
                    Holder.all().get(new Holder.Held(ObjectKind.MAP, map.info().id()));
            assertThat(holders).singleElement().satisfies(holder -> {
                assertThat(holder.pid()).isEqualTo((int) ProcessHandle.current().pid());
                assertThat(holder.command()).isNotEmpty();
            });
        }
    }

    @Test
    void differencesOfMapsAreSaidInWords() {
        MapSpec there = MapSpec.of("a", MapType.HASH, 4, 8, 10);
        try (LinuxMap map = NewMaps.create(there)) {
            MapInfo info = map.info();
            assertThat(MapDifferences.between(info, there)).isEmpty();
            assertThat(MapDifferences.between(
                            info, MapSpec.of("b", MapType.LRU_HASH, 8, 16, 20).withFlags(1)))
                    .containsExactly(
                            "type is HASH, wanted LRU_HASH",
                            "key size is 4, wanted 8",
                            "value size is 8, wanted 16",
                            "max_entries is 10, wanted 20",
                            "flags are 0x0, wanted 0x1");
        }
        try (LinuxMap devices = NewMaps.create(MapType.DEVMAP, 4, 4, 4)) {
            // The kernel adds BPF_F_RDONLY_PROG, which an object does not ask for.
            assertThat(MapDifferences.between(devices.info(), devices.spec())).isEmpty();
        }
    }

    @Test
    void whatIsNoPinIsRefused() {
        assertThat(Pin.open(Path.of("/no/such/pin"))).isEqualTo(Optional.empty());
        assertThatThrownBy(() -> LinuxMap.ofPin(Path.of("/no/such/pin"))).hasMessageContaining("nothing is pinned at");
        assertThatThrownBy(() -> Pin.open(Path.of("/etc/hostname"))).hasMessageContaining("bpf file system");
    }
}
