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

    /**
     * The structures that are meant; all there are if there is no reference.
     *
     * @throws HostException ENOENT if there is none, EINVAL if another kind of map is meant
     */
    static List<KernelStructure> meant(Optional<ObjectReference> reference) throws IOException {
        List<KernelStructure> structures = withIds(reference.isPresent() ? ids(reference.get()) : all());
        reference.ifPresent(each -> each.requireFound(structures, ObjectKind.MAP));
        return structures;
    }

    /**
     * The one structure that is meant.
     *
     * @throws HostException ENOENT if there is none, EINVAL if there are several or another kind of map is meant
     */
    static KernelStructure meant(ObjectReference reference) throws IOException {
        int id = reference.only(ids(reference), ObjectKind.MAP);
        return meant(Optional.of(new ObjectReference.ById(id))).getFirst();
    }

    /** Those that have one of these ids, without such as went meanwhile. */
    private static List<KernelStructure> withIds(List<Integer> ids) throws IOException {
        Map<Integer, List<Integer>> links = registrations();
        Map<Integer, Btf> types = new HashMap<>(); // reading the kernel's takes its time
        List<KernelStructure> structures = new ArrayList<>();
        for (int id : ids) {
            try (LinuxMap map = LinuxMap.ofId(id)) {
                MapInfo info = map.info();
                requireStructure(info);
                if (!types.containsKey(info.vmlinuxBtfId())) {
                    types.put(info.vmlinuxBtfId(), KernelBtf.of(info.vmlinuxBtfId()));
                }
                structures.add(of(map, info, types.get(info.vmlinuxBtfId()), links.getOrDefault(id, List.of())));
            } catch (HostException e) {
                if (e.errno() != Errno.ENOENT) {
                    throw e;
                }
            }
        }
        return structures;
    }

    private static List<Integer> all() {
        return MapInfo.all().stream()
                .filter(KernelStructure::isStructure)
                .map(MapInfo::id)
                .toList();
    }

    /** Maps of other kinds may have the same name: they are meant only if no structure has it. */
    private static List<Integer> ids(ObjectReference reference) {
        List<Integer> ids = reference.ids(ObjectKind.MAP);
        if (ids.size() == 1) {
            return ids;
        }
        List<Integer> structures = all().stream().filter(ids::contains).toList();
        return structures.isEmpty() ? ids : structures;
    }

    private static boolean isStructure(MapInfo info) {
        return info.typeNumber() == MapType.STRUCT_OPS.number();
    }

    /** @throws HostException EINVAL if it is another kind of map */
    private static void requireStructure(MapInfo info) {
        if (!isStructure(info)) {
            throw new HostException(Errno.EINVAL, "map " + info.id() + " (" + info.name() + ") is no struct_ops");
        }
    }

    private static KernelStructure of(LinuxMap map, MapInfo info, Btf types, List<Integer> links) {
        BtfType.Composite wrapper = (BtfType.Composite) types.type(info.vmlinuxValueType());
        byte[] bytes = map.lookup(KEY).orElseThrow();
        return new KernelStructure(
                info,
                wrapper.name().startsWith(WRAPPER) ? wrapper.name().substring(WRAPPER.length()) : wrapper.name(),
                (BtfValue.Struct) new BtfValueReader(types).read(bytes, info.vmlinuxValueType()),
                links);
    }

    /** By id of a structure's map: the ids of the links that register it. */
    private static Map<Integer, List<Integer>> registrations() {
        Map<Integer, List<Integer>> links = new HashMap<>();
        for (LinkInfo link : LinkInfo.all()) {
            if (link.place() instanceof LinkPlace.StructOps(int map)) {
                links.computeIfAbsent(map, _ -> new ArrayList<>()).add(link.id());
            }
        }
        return links;
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
