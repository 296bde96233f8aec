package dev.skep.linux.load;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.MapCreate;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.bpf.BpfToken;
import dev.skep.linux.doctor.Doctor;
import dev.skep.linux.doctor.Operation;
import dev.skep.linux.feature.Feature;
import dev.skep.linux.feature.KernelFeatures;
import dev.skep.linux.machine.PossibleCpus;
import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.PageSize;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.map.MapSizes;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import java.util.Optional;

/** Creates maps in the kernel (libbpf's {@code bpf_object__create_map}). */
final class MapCreator {
    private static final int BPF_F_NUMA_NODE = 1 << 2; // linux/bpf.h
    private static final int BPF_F_MMAPABLE = 1 << 10;
    private static final int BPF_F_VTYPE_BTF_OBJ_FD = 1 << 15;

    private final String object;
    private final Optional<FileDescriptor> types;
    private final Optional<String> whyUntyped;
    private final Optional<BpfToken> token;
    private final Optional<LoadDevice> card;

    /** @param object its name @param types its types in the kernel @param card that holds the maps in place of the kernel */
    MapCreator(String object, ObjectTypes types, Optional<BpfToken> token, Optional<LoadDevice> card) {
        this.object = object;
        this.types = types.descriptor();
        this.whyUntyped = types.whyNot();
        this.token = token;
        this.card = card;
    }

    /** What the map will be on this machine: sizes settled, and nothing asked that this kernel cannot do and that is not needed. */
    static MapSpec settled(MapSpec map) {
        MapSpec sized = MapSizes.settled(map, PossibleCpus.count(), PageSize.bytes());
        boolean globals = map.role() != MapSpec.Role.DECLARED && map.role() != MapSpec.Role.STRUCT_OPS;
        boolean unmappable = globals && !KernelFeatures.has(Feature.ARRAY_MMAP);
        return unmappable ? sized.withFlags(sized.flags() & ~BPF_F_MMAPABLE) : sized;
    }

    /** Creates a map. @throws HostException if the kernel refuses, naming the likely reason */
    LinuxMap create(MapSpec wanted) {
        return create(wanted, StructOpsValue.NONE);
    }

    /** Creates a map. @param structOps for {@code struct_ops} maps: the kernel's type of the value */
    LinuxMap create(MapSpec wanted, StructOpsValue structOps) {
        MapSpec declared = settled(wanted);
        MapSpec map = structOps.isPresent() ? declared.withValueSize(structOps.size()) : declared;
        Optional<LinuxMap> inner = map.inner().map(template -> create(template, StructOpsValue.NONE));
        try {
            long result = create(map, inner, structOps, true);
            if (result < 0 && types.isPresent() && takesTypes(map) && map.keyType() + map.valueType() != 0) {
                // Some kinds of maps, and some kernels, take none of the types; the map works all the same.
                long untyped = create(map, inner, structOps, false);
                result = untyped >= 0 ? untyped : result;
            }
            if (result < 0) {
                throw refused(result, map);
            }
            return new LinuxMap(map, FileDescriptor.owning(result));
        } finally {
            inner.ifPresent(LinuxMap::close); // only its kind was wanted
        }
    }

    private long create(MapSpec map, Optional<LinuxMap> inner, StructOpsValue structOps, boolean typed) {
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(MapCreate.MAP_TYPE, map.type().number())
                    .set(MapCreate.KEY_SIZE, map.keySize())
                    .set(MapCreate.VALUE_SIZE, map.valueSize())
                    .set(MapCreate.MAX_ENTRIES, map.maxEntries())
                    .setIfAny(MapCreate.MAP_EXTRA, map.mapExtra());
            inner.ifPresent(i -> attr.set(MapCreate.INNER_MAP_FD, i.descriptor()));
            int flags = map.flags();
            if (map.numaNode() >= 0) {
                attr.set(MapCreate.NUMA_NODE, map.numaNode());
                flags |= BPF_F_NUMA_NODE;
            }
            if (map.type() != MapType.PERF_EVENT_ARRAY) { // which programs in a card too send events by
                card.ifPresent(device -> attr.set(MapCreate.MAP_IFINDEX, device.index()));
            }
            if (KernelFeatures.has(Feature.MAP_NAME)) {
                attr.set(MapCreate.MAP_NAME, MapNames.inKernel(map, object));
            }
            if (typed && types.isPresent() && takesTypes(map)) {
                attr.set(MapCreate.BTF_FD, types.get())
                        .setIfAny(MapCreate.BTF_KEY_TYPE_ID, map.keyType())
                        .setIfAny(MapCreate.BTF_VALUE_TYPE_ID, structOps.isPresent() ? 0 : valueType(map));
            }
            if (structOps.isPresent()) {
                attr.set(MapCreate.BTF_VMLINUX_VALUE_TYPE_ID, structOps.typeId());
                if (structOps.moduleDescriptor() != 0) {
                    attr.set(MapCreate.VALUE_TYPE_BTF_OBJ_FD, structOps.moduleDescriptor());
                    flags |= BPF_F_VTYPE_BTF_OBJ_FD;
                }
            }
            attr.set(MapCreate.MAP_FLAGS, flags);
            token.ifPresent(rights -> rights.allowMap(attr));
            return attr.call(BpfCommand.MAP_CREATE);
        }
    }

    /** Globals have the type of their data section. */
    private static int valueType(MapSpec map) {
        return map.dataSection() != 0 ? map.dataSection() : map.valueType();
    }

    /** Kinds whose keys and values have no BTF types in the kernel (libbpf's list). */
    private static boolean takesTypes(MapSpec map) {
        return switch (map.type()) {
            case PERF_EVENT_ARRAY,
                    CGROUP_ARRAY,
                    STACK_TRACE,
                    ARRAY_OF_MAPS,
                    HASH_OF_MAPS,
                    DEVMAP,
                    DEVMAP_HASH,
                    CPUMAP,
                    XSKMAP,
                    SOCKMAP,
                    SOCKHASH,
                    QUEUE,
                    STACK,
                    ARENA -> false;
            default -> true;
        };
    }

    private HostException refused(long result, MapSpec map) {
        Errno errno = SystemFailure.errno(result);
        String entries = Integer.toUnsignedString(map.maxEntries());
        String what = "create map " + map.name() + " (" + map.type() + ", keys of " + map.keySize()
                + " bytes, values of " + map.valueSize() + ", " + entries + " entries, flags 0x"
                + Integer.toHexString(map.flags()) + ")";
        String reason = card.map(device -> device.likelyCause(errno))
                .filter(cause -> !cause.isEmpty())
                .orElseGet(() -> Doctor.likelyReason(new Operation.CreateMap(map.type()), errno));
        // Without the object's types some kinds of maps cannot be: those with locks, timers or kernel functions in
        // them.
        return SystemFailure.refused(result, what, reason.isEmpty() ? whyUntyped.orElse("") : reason);
    }
}
