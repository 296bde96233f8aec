package dev.skep.linux.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.skep.linux.LinuxHost;
import dev.skep.linux.feature.KernelFeatures;
import dev.skep.linux.info.MapDifferences;
import dev.skep.linux.info.MapInfo;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.link.PrivateMount;
import dev.skep.linux.load.LinuxObject;
import dev.skep.linux.machine.KernelRelease;
import dev.skep.linux.map.MapKind.Operation;
import dev.skep.linux.map.MapKind.Shows;
import dev.skep.linux.system.OpenDescriptors;
import dev.skep.object.BpfObject;
import dev.skep.object.KernelVersion;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.file.ObjectReader;
import dev.skep.object.host.BpfMap;
import dev.skep.object.host.BpfMap.BatchResult;
import dev.skep.object.host.BpfMap.Entry;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import dev.skep.testkit.KernelFeature;
import dev.skep.testkit.KernelVerdict;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsKernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every kind of map does: created from its spec, described by the kernel as it was created, each operation works or is refused by
 * name, what is stored is found, walked over, removed, and handled in batches; pinned, reopened, used again if it fits; gone when closed,
 * with every descriptor.
 */
@Tag("vm")
@NeedsBpf
class MapContractTest {
    private static final long PATIENCE_MILLIS = 10_000;

    /** The kernel that the table of operations is of. */
    private static final KernelVersion COMPLETE = KernelVersion.of("6.18");

    /** Kinds that came after the oldest kernel that tests run on (5.10), or that need options. */
    private static final Map<MapType, KernelFeature> LATER = Map.of(
            MapType.XSKMAP, KernelFeature.XSKMAP,
            MapType.INODE_STORAGE, KernelFeature.INODE_STORAGE,
            MapType.TASK_STORAGE, KernelFeature.TASK_STORAGE,
            MapType.BLOOM_FILTER, KernelFeature.BLOOM_FILTER,
            MapType.USER_RINGBUF, KernelFeature.USER_RINGBUF,
            MapType.CGRP_STORAGE, KernelFeature.CGRP_STORAGE,
            MapType.ARENA, KernelFeature.ARENA);

    private final LinuxHost host = LinuxHost.open();

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"UNSPEC", "STRUCT_OPS"})
    void everyKindKeepsTheContract(MapType type) throws Exception {
        skipWhereMissing(type);
        warmUp();
        long descriptors = OpenDescriptors.count();
        int id;
        try (MapMaterial material = new MapMaterial()) {
            MapKind kind = MapKind.of(type, material);
            BpfObject object = object(kind.spec());
            try (LinuxObject loaded = host.load(object)) {
                LinuxMap map = loaded.map("contract").orElseThrow();
                id = isDescribed(map);
                offersItsOperations(kind, map);
                holdsEntries(kind, map);
                isPinnedAndUsedAgain(object, map);
            }
        }
        isGone(id);
        assertThat(OpenDescriptors.count()).isEqualTo(descriptors);
    }

    /** The same for the table of operations of a congestion control, which has programs, a type of the kernel's and a life of its own. */
    @Test
    @NeedsKernel(feature = KernelFeature.STRUCT_OPS_LINK)
    void tablesOfOperationsKeepTheContract() throws Exception {
        byte[] elf = Files.readAllBytes(Path.of("src/test/c/control.bpf.o"));
        BpfObject object = ObjectReader.read(elf, "control");
        warmUp();
        host.load(object).close(); // the kernel's types are read once
        long descriptors = OpenDescriptors.count();
        int id;
        try (LinuxObject loaded = host.load(object)) {
            LinuxMap map = loaded.map("by_link").orElseThrow();
            id = isDescribed(map);
            assertThat(map.info().vmlinuxValueType()).isPositive();
            assertThat(map.lookup(MapKind.word(0)).orElseThrow())
                    .hasSize(map.spec().valueSize());
            assertThat(map.nextKey(Optional.empty())).hasValue(MapKind.word(0));
            assertThatThrownBy(() -> map.lookupAndDelete(MapKind.word(0))).hasMessageContaining("no such operation");
            try (PrivateMount bpffs = PrivateMount.of("bpf")) {
                Path pin = bpffs.root().resolve("map");
                map.pin(pin);
                try (LinuxMap reopened = LinuxMap.ofPin(pin)) {
                    assertThat(reopened.info().id()).isEqualTo(id);
                }
                Files.delete(pin);
            }
        }
        isGone(id);
        assertThat(OpenDescriptors.count()).isEqualTo(descriptors);
    }

    private static void skipWhereMissing(MapType type) {
        KernelFeature feature = LATER.get(type);
        if (feature != null && KernelVerdict.of(feature) instanceof KernelVerdict.Absent(String reason)) {
            abort("no " + type + ": " + reason);
        }
        assertThat(KernelFeatures.support(type).explanation()).isEmpty();
    }

    /** What the JVM opens once and keeps is open afterwards. */
    private static void warmUp() {
        PrivateMount.of("bpf").close();
    }

    private static BpfObject object(MapSpec spec) {
        boolean typed = spec.type().name().matches("(SK|INODE|TASK|CGRP)_STORAGE");
        Btf types = Btf.of(List.of(new BtfType.Int("int", 4, true, false, false, 0, 32)));
        return new BpfObject(
                "contract",
                List.of(),
                List.of(),
                List.of(typed ? typed(spec) : spec),
                List.of(),
                List.of(),
                types,
                "GPL",
                0);
    }

    private static MapSpec typed(MapSpec spec) {
        return new MapSpec(
                spec.name(),
                spec.role(),
                spec.type(),
                spec.keySize(),
                spec.valueSize(),
                spec.maxEntries(),
                spec.flags(),
                spec.mapExtra(),
                spec.numaNode(),
                spec.pinning(),
                spec.inner(),
                1,
                1,
                spec.contents(),
                spec.values(),
                spec.dataSection());
    }

    /** @return its id */
    private static int isDescribed(LinuxMap map) {
        MapInfo info = map.info();
        assertThat(MapDifferences.between(info, map.spec())).isEmpty();
        assertThat(info.name()).isEqualTo(map.spec().name());
        assertThat(info.type()).contains(map.spec().type());
        assertThat(info.id()).isPositive();
        return info.id();
    }

    /** Older kernels offer less: taking out of hashes came with 5.14, for one. */
    private static void offersItsOperations(MapKind kind, LinuxMap map) {
        Set<Operation> offered = offered(kind, map);
        if (KernelRelease.running().isAtLeast(COMPLETE)) {
            assertThat(offered).isEqualTo(kind.operations());
        } else {
            assertThat(kind.operations()).containsAll(offered);
        }
    }

    /** What the kernel did, of what there is; the rest it has refused as what such maps do not do. */
    private static Set<Operation> offered(MapKind kind, LinuxMap map) {
        byte[] key = kind.key().apply(0);
        byte[] value = kind.value().apply(0);
        Set<Operation> offered = EnumSet.noneOf(Operation.class);
        offered(offered, Operation.UPDATE, () -> map.update(key, value));
        byte[] asked = kind.shows() == MapKind.Shows.MEMBERSHIP ? value : key;
        offered(offered, Operation.LOOKUP, () -> map.lookup(asked));
        offered(offered, Operation.WALK, () -> map.nextKey(Optional.empty()));
        offered(offered, Operation.TAKE_OUT, () -> map.lookupAndDelete(key));
        offered(offered, Operation.DELETE, () -> map.delete(key));
        return offered;
    }

    private static void offered(Set<Operation> offered, Operation operation, Runnable attempt) {
        try {
            attempt.run();
            offered.add(operation);
        } catch (HostException e) {
            // ENOENT is what storages of groups say to an update before a program has made the entry.
            assertThat(e.errno()).isIn(Errno.ENOTSUPP, Errno.EOPNOTSUPP, Errno.EINVAL, Errno.ENOENT);
        }
    }

    private static void holdsEntries(MapKind kind, LinuxMap map) {
        Set<Operation> operations = kind.operations();
        if (!operations.contains(Operation.UPDATE)) {
            return;
        }
        byte[] key = kind.key().apply(0);
        byte[] value = kind.value().apply(0);
        map.update(key, value);
        if (operations.contains(Operation.LOOKUP)) {
            isFound(kind, map, key, value);
        }
        if (operations.contains(Operation.WALK)) {
            assertThat(map.nextKey(Optional.empty())).isPresent();
            assertThat(map.nextKey(Optional.of(last(kind)))).isEmpty();
        }
        if (operations.contains(Operation.DELETE)) {
            assertThat(map.delete(key)).isTrue();
            assertThat(operations.contains(Operation.LOOKUP) ? map.lookup(key) : Optional.empty())
                    .isEmpty();
        }
        if (kind.shows() == Shows.VALUE && operations.containsAll(EnumSet.of(Operation.LOOKUP, Operation.WALK))) {
            isBatched(kind, map);
        }
    }

    /** The index behind which an array ends, or a key that a map with one entry ends with. */
    private static byte[] last(MapKind kind) {
        boolean array = kind.spec().type().name().matches(".*ARRAY.*|DEVMAP|CPUMAP|XSKMAP|SOCKMAP|STACK_TRACE");
        return kind.key().apply(array ? kind.spec().maxEntries() - 1 : 0);
    }

    private static void isFound(MapKind kind, LinuxMap map, byte[] key, byte[] value) {
        switch (kind.shows()) {
            case VALUE -> assertThat(map.lookup(key).orElseThrow()).isEqualTo(value);
            case TOKEN -> assertThat(map.lookup(key).orElseThrow()).isNotEqualTo(new byte[value.length]);
            case MEMBERSHIP -> assertThat(map.mayContain(value)).isTrue();
        }
    }

    private static void isBatched(MapKind kind, LinuxMap map) {
        List<Entry> entries = Stream.iterate(0, n -> n < Math.min(2, kind.spec().maxEntries()), n -> n + 1)
                .map(n -> new Entry(kind.key().apply(n), kind.value().apply(n)))
                .toList();
        assertThat(map.updateBatch(entries, BpfMap.ANY)).isEqualTo(new BatchResult(entries.size(), Optional.empty()));
        List<Entry> read = map.lookupBatch(Optional.empty(), 100).entries();
        for (Entry entry : entries) {
            assertThat(read)
                    .anySatisfy(found ->
                            assertThat(found).usingRecursiveComparison().isEqualTo(entry));
        }
        if (kind.operations().contains(Operation.DELETE)) {
            assertThat(map.deleteBatch(entries.stream().map(Entry::key).toList()))
                    .isEqualTo(new BatchResult(entries.size(), Optional.empty()));
            assertThat(map.lookup(entries.getFirst().key())).isEmpty();
        }
    }

    private void isPinnedAndUsedAgain(BpfObject object, LinuxMap map) throws IOException {
        int id = map.info().id();
        try (PrivateMount bpffs = PrivateMount.of("bpf")) {
            Path pin = bpffs.root().resolve("map");
            map.pin(pin);
            try (LinuxMap reopened = LinuxMap.ofPin(pin)) {
                assertThat(reopened.info()).isEqualTo(map.info());
                assertThat(MapDifferences.between(reopened.info(), map.spec())).isEmpty();
            }
            if (map.spec().type() == MapType.ARENA) { // one lies at one address, so a process has it once
                assertThatThrownBy(() -> host.open(object).pin("contract", pin).load())
                        .hasMessageContaining("at the same address only");
            } else {
                try (LinuxObject again = host.open(object).pin("contract", pin).load()) {
                    assertThat(again.map("contract").orElseThrow().info().id()).isEqualTo(id);
                }
            }
            MapSpec wider = map.spec().withValueSize(map.spec().valueSize() + 8);
            assertThatThrownBy(() -> host.open(object.withMap(wider))
                            .pin("contract", pin)
                            .load())
                    .isInstanceOf(HostException.class)
                    .hasMessageContaining("cannot serve as contract: its value size is ");
            Files.delete(pin);
        }
    }

    /** The kernel may let go of a map a moment after its last holder did. */
    private static void isGone(int id) throws InterruptedException {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (ObjectKind.MAP.ids().contains(id) && System.currentTimeMillis() < end) {
            Thread.sleep(10);
        }
        assertThat(ObjectKind.MAP.ids()).doesNotContain(id);
    }
}
