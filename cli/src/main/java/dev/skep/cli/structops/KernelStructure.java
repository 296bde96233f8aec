package dev.skep.cli.structops;

import dev.skep.cli.kernel.KernelBtf;
import dev.skep.cli.kernel.ObjectReference;
import dev.skep.linux.info.LinkInfo;
import dev.skep.linux.info.LinkPlace;
import dev.skep.linux.info.MapInfo;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.map.LinuxMap;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.btf.value.BtfValue;
import dev.skep.object.btf.value.BtfValueReader;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.map.MapType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A structure of functions in the kernel, as a listing shows it.
 *
 * @param struct its name in the kernel: {@code tcp_congestion_ops} @param value of {@code struct bpf_struct_ops_NAME}
 * @param links the ids of the links that register it
 */
record KernelStructure(MapInfo info, String struct, BtfValue.Struct value, List<Integer> links) {
    private static final String WRAPPER = "bpf_struct_ops_";
    private static final String STATE = "BPF_STRUCT_OPS_STATE_";
    private static final byte[] KEY = new byte[Integer.BYTES];

    /** Those with these ids. @throws HostException EINVAL if one is another kind of map */
    static List<KernelStructure> withIds(List<Integer> ids) throws IOException {
        Map<Integer, Btf> types = new HashMap<>(); // reading the kernel's takes its time
        List<KernelStructure> structures = new ArrayList<>();
        for (int id : ids) {
            try (LinuxMap map = LinuxMap.ofId(id)) {
                MapInfo info = map.info();
                requireStructure(info);
                if (!types.containsKey(info.vmlinuxBtfId())) {
                    types.put(info.vmlinuxBtfId(), KernelBtf.of(info.vmlinuxBtfId()));
                }
                structures.add(of(map, info, types.get(info.vmlinuxBtfId())));
            }
        }
        return structures;
    }

    /** The maps that are meant; all of this kind if there is no reference. */
    static List<KernelStructure> meant(Optional<ObjectReference> reference) throws IOException {
        return withIds(
                reference.isPresent()
                        ? reference.get().ids(ObjectKind.MAP)
                        : MapInfo.all().stream()
                                .filter(KernelStructure::isStructure)
                                .map(MapInfo::id)
                                .toList());
    }

    private static boolean isStructure(MapInfo info) {
        return info.typeNumber() == MapType.STRUCT_OPS.number();
    }

    /** @throws HostException EINVAL if it is another kind of map */
    static void requireStructure(MapInfo info) {
        if (!isStructure(info)) {
            throw new HostException(Errno.EINVAL, "map " + info.id() + " (" + info.name() + ") is no struct_ops");
        }
    }

    private static KernelStructure of(LinuxMap map, MapInfo info, Btf types) {
        BtfType.Composite wrapper = (BtfType.Composite) types.type(info.vmlinuxValueType());
        byte[] bytes = map.lookup(KEY).orElseThrow();
        return new KernelStructure(
                info,
                wrapper.name().startsWith(WRAPPER) ? wrapper.name().substring(WRAPPER.length()) : wrapper.name(),
                (BtfValue.Struct) new BtfValueReader(types).read(bytes, info.vmlinuxValueType()),
                links(info.id()));
    }

    private static List<Integer> links(int map) {
        return LinkInfo.all().stream()
                .filter(link -> link.place() instanceof LinkPlace.StructOps place && place.mapId() == map)
                .map(LinkInfo::id)
                .toList();
    }

    /** {@code enum bpf_struct_ops_state}: {@code init}, {@code inuse}, {@code tobefree} or {@code ready}. */
    String state() {
        Optional<BtfValue> common = value.field("common");
        BtfValue state = common.isPresent() && common.get() instanceof BtfValue.Struct members
                ? members.field("state").orElseThrow()
                : value.field("state").orElseThrow(); // before Linux 6.9
        return state instanceof BtfValue.Choice choice && choice.name().isPresent()
                ? choice.name().get().replaceFirst(STATE, "").toLowerCase(Locale.ROOT)
                : "unknown";
    }

    /** The members of the kernel's structure; a function's is the id of the program that implements it, or 0. */
    List<BtfValue.Field> members() {
        return value.field("data").orElseThrow() instanceof BtfValue.Struct data ? data.fields() : List.of();
    }

    /** In words: whether the kernel uses it. */
    String registration() {
        if (!links.isEmpty()) {
            return "by link " + links.getFirst();
        }
        return state().equals("inuse") ? "yes" : "no (" + state() + ")";
    }
}
