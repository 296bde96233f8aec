package dev.skep.linux.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.program.NewPrograms;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemCall;
import dev.skep.linux.system.SystemCalls;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.btf.value.BtfValue;
import dev.skep.object.host.BpfMap;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.host.TypedMap;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.NeedsBpf;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Maps without keys, maps of programs, maps, sockets and devices, maps beside objects, maps with locks. */
@NeedsBpf
class SpecialMapTest {
    private static final int BPF_F_NO_PREALLOC = 1;
    private static final byte[] NO_KEY = {};

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private static int number(Optional<byte[]> value) {
        return ByteBuffer.wrap(value.orElseThrow())
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
    }

    @ParameterizedTest
    @EnumSource(
            value = MapType.class,
            names = {"QUEUE", "STACK"})
    void queuesAndStacksPushPeekAndPop(MapType type) {
        try (LinuxMap map = NewMaps.create(type, 0, 4, 2)) {
            assertThat(map.lookup(NO_KEY)).isEmpty();
            map.update(NO_KEY, number(1));
            map.update(NO_KEY, number(2));
            int first = type == MapType.QUEUE ? 1 : 2;
            assertThat(number(map.lookup(NO_KEY))).isEqualTo(first);
            assertThatThrownBy(() -> map.update(NO_KEY, number(3)))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.E2BIG))
                    .hasMessageContaining("full: 2 of max_entries 2");
            assertThat(number(map.lookupAndDelete(NO_KEY))).isEqualTo(first);
            assertThat(number(map.lookupAndDelete(NO_KEY))).isEqualTo(3 - first);
            assertThat(map.lookupAndDelete(NO_KEY)).isEmpty();
            assertThatThrownBy(() -> map.update(new byte[4], number(1))).hasMessageContaining("keys of 0 bytes");
        }
    }

    @Test
    void bloomFiltersKnowWhatTheyHaveNot() {
        try (LinuxMap map = NewMaps.create(MapType.BLOOM_FILTER, 0, 4, 100)) {
            map.update(NO_KEY, number(7));
            assertThat(map.mayContain(number(7))).isTrue();
            int falselyFound = 0;
            for (int i = 1000; i < 1100; i++) {
                falselyFound += map.mayContain(number(i)) ? 1 : 0;
            }
            assertThat(falselyFound).isLessThan(50);
        }
    }

    @Test
    void programArraysTakeDescriptorsAndTellIds() {
        try (LinuxMap map = NewMaps.create(MapType.PROG_ARRAY, 4, 4, 4);
                LinuxProgram program = NewPrograms.load(ProgramType.XDP, "r0 = 2\nexit\n")) {
            assertThat(map.heldId(number(1))).isEmpty();
            map.put(number(1), program.descriptor());
            assertThat(map.heldId(number(1))).contains(program.info().id());
            assertThatThrownBy(() -> map.put(number(2), map.descriptor()))
                    .isInstanceOf(HostException.class)
                    .hasMessageContaining("test (PROG_ARRAY)");
            assertThat(map.delete(number(1))).isTrue();
            assertThat(map.heldId(number(1))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = MapType.class,
            names = {"ARRAY_OF_MAPS", "HASH_OF_MAPS"})
    void mapsOfMapsTakeDescriptorsAndTellIds(MapType type) {
        try (LinuxMap inner = NewMaps.create(MapType.ARRAY, 4, 4, 1);
                LinuxMap outer = NewMaps.createOuter(MapSpec.of("outer", type, 4, 4, 4), inner);
                LinuxMap other = NewMaps.create(MapType.HASH, 8, 4, 1)) {
            outer.put(number(2), inner.descriptor());
            int id = outer.heldId(number(2)).orElseThrow();
            try (LinuxMap again = LinuxMap.ofId(id)) {
                again.update(number(0), number(42));
                assertThat(number(inner.lookup(number(0)))).isEqualTo(42);
                assertThat(again.spec().type()).isEqualTo(MapType.ARRAY);
            }
            assertThatThrownBy(() -> outer.put(number(3), other.descriptor())).isInstanceOf(HostException.class);
            assertThat(outer.entries()).hasSize(1);
        }
    }

    @Test
    void cgroupArraysHoldButDoNotTell() {
        try (LinuxMap map = NewMaps.create(MapType.CGROUP_ARRAY, 4, 4, 1)) {
            assertThatThrownBy(() -> map.put(number(0), map.descriptor()))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBADF))
                    .hasMessageContaining("open descriptor");
            assertThatThrownBy(() -> map.heldId(number(0))).hasMessageContaining("no such operation");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = MapType.class,
            names = {"DEVMAP", "DEVMAP_HASH"})
    void deviceMapsHoldInterfaces(MapType type) {
        try (LinuxMap map = NewMaps.create(type, 4, 4, 4)) {
            map.update(number(1), number(1)); // the loopback interface has index 1
            assertThat(number(map.lookup(number(1)))).isEqualTo(1);
            assertThat(map.entries()).isNotEmpty();
            assertThat(map.delete(number(1))).isTrue();
        }
    }

    @Test
    void cpuMapsHoldQueueSizes() {
        try (LinuxMap map = NewMaps.create(MapType.CPUMAP, 4, 4, 2)) {
            map.update(number(0), number(192));
            assertThat(number(map.lookup(number(0)))).isEqualTo(192);
            assertThat(map.delete(number(0))).isTrue();
        }
    }

    @Test
    void stackTracesAreEmptyUntilAProgramStoresOne() {
        try (LinuxMap map = NewMaps.create(MapType.STACK_TRACE, 4, 8 * 20, 16)) {
            assertThat(map.lookup(number(3))).isEmpty();
            assertThat(map.entries()).isEmpty();
        }
    }

    /** A listening TCP socket of this process. */
    private static FileDescriptor socket() {
        FileDescriptor socket = FileDescriptor.owning(SystemFailure.check(
                SystemCalls.call(SystemCall.SOCKET, 2, 1, 0), "open a socket")); // AF_INET, SOCK_STREAM
        SystemFailure.check(SystemCalls.call(SystemCall.LISTEN, socket.number(), 1, 0), "listen");
        return socket;
    }

    @ParameterizedTest
    @EnumSource(
            value = MapType.class,
            names = {"SOCKMAP", "SOCKHASH"})
    void socketMapsTakeDescriptorsAndTellCookies(MapType type) {
        try (LinuxMap map = NewMaps.create(type, 4, 8, 4);
                LinuxMap small = NewMaps.create(type, 4, 4, 4);
                FileDescriptor socket = socket()) {
            map.put(number(1), socket);
            assertThat(map.lookup(number(1)))
                    .hasValueSatisfying(cookie -> assertThat(cookie).isNotEqualTo(new byte[8]));
            assertThat(map.delete(number(1))).isTrue();
            small.put(number(1), socket);
            assertThatThrownBy(() -> small.lookup(number(1))).hasMessageContaining("values of 8 bytes");
            assertThatThrownBy(() -> small.put(number(1), small.descriptor())).isInstanceOf(HostException.class);
        }
    }

    /** id 1: int, id 2: struct bpf_spin_lock, id 3: a struct with the lock and an int. */
    private static Btf lockedTypes() {
        BtfType.Int number = new BtfType.Int("int", 4, true, false, false, 0, 32);
        return Btf.of(List.of(
                number,
                new BtfType.Composite("bpf_spin_lock", false, 4, List.of(new BtfType.Member("val", 1, 0, 0))),
                new BtfType.Composite(
                        "locked",
                        false,
                        8,
                        List.of(new BtfType.Member("lock", 2, 0, 0), new BtfType.Member("count", 1, 32, 0)))));
    }

    private static MapSpec described(MapType type, int valueSize, int flags, int valueType) {
        MapSpec sizes = MapSpec.of("described", type, 4, valueSize, type.name().endsWith("STORAGE") ? 0 : 4);
        return new MapSpec(
                sizes.name(),
                sizes.role(),
                type,
                4,
                valueSize,
                sizes.maxEntries(),
                flags,
                0,
                -1,
                MapSpec.Pinning.NONE,
                Optional.empty(),
                1,
                valueType,
                sizes.contents(),
                List.of(),
                0);
    }

    @Test
    void lockedValuesAreReadAndWrittenWithTheLockHeld() {
        try (LinuxMap map = NewMaps.createDescribed(described(MapType.HASH, 8, 0, 3), lockedTypes())) {
            byte[] value = {0, 0, 0, 0, 5, 0, 0, 0};
            map.update(number(1), value);
            map.update(number(1), new byte[] {0, 0, 0, 0, 6, 0, 0, 0}, BpfMap.EXIST | BpfMap.LOCK);
            assertThat(map.lookup(number(1), BpfMap.LOCK).orElseThrow()[4]).isEqualTo((byte) 6);
            try (LinuxMap plain = NewMaps.create(MapType.HASH, 4, 8, 4)) {
                assertThatThrownBy(() -> plain.update(number(1), value, BpfMap.LOCK))
                        .hasMessageContaining("do not take the flags 0x4");
            }
        }
    }

    @Test
    void valuesThatBtfDescribesAreReadByIt() {
        Btf types = lockedTypes();
        try (LinuxMap map = NewMaps.createDescribed(described(MapType.HASH, 8, 0, 3), types)) {
            TypedMap<BtfValue, BtfValue> typed = TypedMap.of(map, BtfCodec.of(types, 1), BtfCodec.of(types, 3));
            BtfValue key = BtfValue.Whole.of(-3);
            typed.put(key, new BtfValue.Struct(List.of(new BtfValue.Field("count", BtfValue.Whole.of(11)))));
            assertThat(typed.get(key))
                    .hasValueSatisfying(value ->
                            assertThat(((BtfValue.Struct) value).field("count")).contains(BtfValue.Whole.of(11)));
            assertThat(map.info().valueType()).isEqualTo(3);
            assertThat(map.info().btfId()).isPositive();
        }
    }

    /** What storage of a kind lies beside. */
    private static FileDescriptor owner(MapType type) {
        return switch (type) {
            case SK_STORAGE -> socket();
            case TASK_STORAGE ->
                FileDescriptor.owning(SystemFailure.check(
                        SystemCalls.call(
                                SystemCall.PIDFD_OPEN, ProcessHandle.current().pid(), 0, 0),
                        "open a process"));
            default -> throw new IllegalArgumentException(type.name());
        };
    }

    @ParameterizedTest
    @EnumSource(
            value = MapType.class,
            names = {"SK_STORAGE", "TASK_STORAGE"})
    void storageLiesBesideItsOwner(MapType type) {
        MapSpec spec = described(type, 4, BPF_F_NO_PREALLOC, 1);
        try (LinuxMap map = NewMaps.createDescribed(spec, lockedTypes());
                FileDescriptor owner = owner(type)) {
            byte[] key = number(owner.number());
            assertThat(map.lookup(key)).isEmpty();
            map.update(key, number(9));
            assertThat(number(map.lookup(key))).isEqualTo(9);
            assertThat(map.delete(key)).isTrue();
            assertThat(map.delete(key)).isFalse();
        }
    }

    @Test
    void mappedArraysAreSharedMemory() {
        MapSpec spec = MapSpec.of("mapped", MapType.ARRAY, 4, 12, 700).withFlags(1 << 10); // BPF_F_MMAPABLE
        try (LinuxMap map = NewMaps.create(spec)) {
            MemorySegment kept;
            try (MapMemory memory = map.memory(true)) {
                memory.value(650).set(ValueLayout.JAVA_INT, 8, 77);
                assertThat(map.lookup(number(650)).orElseThrow()[8]).isEqualTo((byte) 77);
                map.update(number(1), new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
                assertThat(memory.value(1).get(ValueLayout.JAVA_BYTE, 11)).isEqualTo((byte) 12);
                assertThat(memory.value(1).byteSize()).isEqualTo(12);
                assertThat(memory.all().byteSize()).isEqualTo(700 * 16);
                assertThatThrownBy(() -> memory.value(700)).isInstanceOf(IndexOutOfBoundsException.class);
                assertThatThrownBy(map::freeze).hasMessageContaining("mapped into memory for writing");
                kept = memory.all();
            }
            assertThatThrownBy(() -> kept.get(ValueLayout.JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
            map.freeze();
            assertThatThrownBy(() -> map.memory(true)).isInstanceOf(HostException.class);
            try (MapMemory memory = map.memory(false)) {
                assertThat(memory.value(650).get(ValueLayout.JAVA_INT, 8)).isEqualTo(77);
                assertThat(memory.all().isReadOnly()).isTrue();
            }
        }
        try (LinuxMap plain = NewMaps.create(MapType.ARRAY, 4, 4, 1)) {
            assertThatThrownBy(() -> plain.memory(false)).hasMessageContaining("BPF_F_MMAPABLE");
        }
    }

    @Test
    void anArenaLiesAtTheAddressThatWasAskedFor() {
        long address = 0x1_0000_0000L * 0x4000 + 0x10_0000; // a 4 GiB window far from where the JVM puts things
        MapSpec sizes = MapSpec.of("arena", MapType.ARENA, 0, 0, 4);
        MapSpec spec = new MapSpec(
                sizes.name(),
                sizes.role(),
                MapType.ARENA,
                0,
                0,
                4,
                1 << 10,
                address,
                -1,
                MapSpec.Pinning.NONE,
                Optional.empty(),
                0,
                0,
                sizes.contents(),
                List.of(),
                0);
        try (LinuxMap map = NewMaps.create(spec);
                MapMemory memory = map.memory(true)) {
            assertThat(memory.all().address()).isEqualTo(address);
            memory.value(3).set(ValueLayout.JAVA_LONG, 8, 5); // pages come as they are touched
            assertThat(memory.all().get(ValueLayout.JAVA_LONG, 3 * 4096 + 8)).isEqualTo(5);
        }
    }

    @Test
    void operationsOnNativeMemoryAllocateNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (LinuxMap map = NewMaps.create(MapType.HASH, 8, 16, 100);
                Arena arena = Arena.ofConfined()) {
            MemorySegment key = arena.allocate(8);
            MemorySegment value = arena.allocate(16);
            RawMap raw = map.raw();
            int rounds = 80_000;
            long before = 0;
            for (int i = 0; i < rounds; i++) {
                if (i == rounds / 2) { // after the JVM has compiled it
                    before = threads.getCurrentThreadAllocatedBytes();
                }
                key.set(ValueLayout.JAVA_LONG, 0, i % 50);
                raw.update(key, value, BpfMap.ANY);
                raw.lookup(key, value);
                raw.delete(key);
            }
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(allocated)
                    .as("bytes for %d times three operations", rounds / 2)
                    .isLessThan(rounds / 4);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = MapType.class,
            names = {"RINGBUF", "USER_RINGBUF"})
    void ringBuffersHaveNoElements(MapType type) {
        try (LinuxMap map = NewMaps.create(type, 0, 0, 4096)) {
            assertThatThrownBy(() -> map.lookup(NO_KEY))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOTSUPP))
                    .hasMessageContaining("no such operation");
        }
    }
}
