package dev.skep.trace.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.Bytes;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.trace.print.Symbols;
import dev.skep.trace.system.Binaries;
import dev.skep.trace.system.KernelFunctions;
import dev.skep.trace.system.Tracepoints;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordingTest {
    private static final Entry.Origin ORIGIN =
            new Entry.Origin("a.bt", "BEGIN { }", List.of("1", "two"), "x86_64", 4, 2, 1_700, -5);

    /** One of each kind of entry. */
    private static final List<Entry> ALL = List.of(
            ORIGIN,
            new Entry.KernelBtf(Bytes.of(new byte[] {1, 2})),
            new Entry.Tracepoint(new Tracepoints.Format(
                    new Tracepoints.Name("sched", "sched_switch"),
                    7,
                    List.of(new Tracepoints.Field("int", "pid", 2, 8, 4, true, Tracepoints.Location.FROM_FIELD)))),
            new Entry.RawTracepoint("sys_enter"),
            new Entry.KernelFunction(new KernelFunctions.Function("ext4", "f")),
            new Entry.KernelAddress("f", OptionalLong.of(-1)),
            new Entry.KernelAddress("g", OptionalLong.empty()),
            new Entry.Files("libc", List.of("/lib/libc.so.6")),
            new Entry.Mapped(5, List.of("/bin/sh")),
            new Entry.FileFunction("/bin/sh", new Binaries.Symbol("_Z1fv", "f()", 16, 3)),
            new Entry.FileObject("/bin/sh", new Binaries.Symbol("x", "x", 32, 8)),
            new Entry.StaticProbe(
                    "/bin/sh",
                    new Binaries.UsdtSite(
                            "p",
                            "n",
                            1,
                            2,
                            3,
                            List.of(
                                    argument(new Binaries.UsdtPlace.Constant(-3)),
                                    argument(new Binaries.UsdtPlace.Register(8)),
                                    argument(new Binaries.UsdtPlace.Memory(8, -16)),
                                    argument(new Binaries.UsdtPlace.IndexedMemory(8, 16, 4, 5))))),
            new Entry.AttachedTogether(true, false),
            new Entry.Iterators(List.of("task")),
            new Entry.GroupId("/sys/fs/cgroup", OptionalLong.of(1)),
            new Entry.GroupPaths(1, "", List.of("/")),
            new Entry.User(0, Optional.of("root")),
            new Entry.User(77, Optional.empty()),
            new Entry.Name(OptionalInt.empty(), -4096, Optional.of(new Symbols.Symbol("f", 3, "ext4"))),
            new Entry.Name(OptionalInt.of(5), 4096, Optional.empty()),
            new Entry.Start(9),
            new Entry.Event(0, "kprobe:f", 1, 10, new Entry.Task(1, 2, "ä", 3, 4, 5), -8, Bytes.of(new byte[] {
                1, 2, 3, 4, 5, 6, 7, 8
            })),
            new Entry.Read(0, 112, 4096, 3, Bytes.of(new byte[] {65, 66, 0})),
            new Entry.Call(0, 5, -1),
            new Entry.Stack(0, true, 12, List.of(1L, -2L)),
            new Entry.Exit(0));

    private static Binaries.UsdtArgument argument(Binaries.UsdtPlace place) {
        return new Binaries.UsdtArgument(4, true, place);
    }

    private static byte[] file(Recording recording) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        recording.write(out);
        return out.toByteArray();
    }

    @Test
    void whatIsWrittenIsRead() {
        Recording recording = Recording.of(ALL);
        assertThat(recording.events()).hasSize(1);
        assertThat(recording.facts()).hasSize(19);
        assertThat(Recording.read(file(recording), "r")).isEqualTo(recording);
    }

    @Test
    void whatFoundNoRoomIsKnown() {
        Recording recording = new Recording(ORIGIN, 0, List.of(), List.of(), 12);
        assertThat(Recording.read(file(recording), "r").lost()).isEqualTo(12);
    }

    @Test
    void eventsAreInTheOrderInWhichTheyStarted() {
        Entry.Task task = new Entry.Task(0, 0, "", 0, 0, 0);
        Recording recording = Recording.of(List.of(
                ORIGIN,
                new Entry.Call(7, 5, 1),
                new Entry.Event(7, "late", 0, 2, task, 0, Bytes.EMPTY),
                new Entry.Event(3, "early", 0, 1, task, 0, Bytes.EMPTY),
                new Entry.Call(3, 5, 2)));
        assertThat(recording.events())
                .extracting(event -> event.event().probe())
                .containsExactly("early", "late");
        assertThat(recording.events().getFirst().calls()).containsExactly(new Entry.Call(3, 5, 2));
    }

    @Test
    void otherFilesAreNoRecordings() {
        assertThatThrownBy(() -> Recording.read(new byte[] {1, 2, 3}, "x.rec"))
                .isInstanceOf(InputException.class)
                .hasMessage("x.rec: this is no recording; give a file that skep trace --record has written");
    }

    @Test
    void otherVersionsAreNamed() {
        byte[] file = file(Recording.of(ALL));
        file[RecordingWriter.MAGIC.length] = 2;
        assertThatThrownBy(() -> Recording.read(file, "x.rec"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("version 2");
    }

    @Test
    void everyCutIsNoticed() {
        byte[] file = file(Recording.of(ALL));
        // The last bytes are the compression's own check, which follows the end.
        for (int length = 0; length < file.length - 8; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> Recording.read(cut, "cut"))
                    .as("%d bytes", length)
                    .isInstanceOf(InputException.class);
        }
    }

    @Test
    void damagedEntriesAreReadOrRefused() {
        Random random = new Random(7);
        for (Entry entry : ALL) {
            byte[] content = EntryCode.pack(entry);
            for (int i = 0; i < 2_000; i++) {
                byte[] damaged = content.clone();
                for (int change = random.nextInt(3); change >= 0; change--) {
                    if (damaged.length > 0) {
                        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                    }
                }
                readOrRefused(random.nextInt(4) == 0 ? random.nextInt(32) : EntryCode.kind(entry), damaged);
            }
        }
    }

    private static void readOrRefused(int kind, byte[] content) {
        try {
            Entry read = EntryCode.unpack(kind, new Unpacker(content, Location.in("damaged")));
            assertThat(EntryCode.kind(read)).isEqualTo(kind);
        } catch (InputException refused) {
            assertThat(refused).hasMessageStartingWith("damaged: ");
        }
    }

    @Test
    void damagedFilesAreReadOrRefused() {
        byte[] file = file(Recording.of(ALL));
        Random random = new Random(8);
        int refusals = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] damaged = file.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                Recording.read(damaged, "damaged");
            } catch (InputException refused) {
                refusals++;
            }
        }
        assertThat(refusals).isGreaterThan(4_000);
    }
}
