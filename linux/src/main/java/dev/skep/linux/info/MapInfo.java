package dev.skep.linux.info;

import dev.skep.linux.bpf.BpfInfoLayout;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.Bytes;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import java.util.List;
import java.util.Optional;

/**
 * What the kernel says about a map: {@code struct bpf_map_info}.
 *
 * @param name as the kernel has it: at most 15 characters
 * @param typeNumber {@code enum bpf_map_type}; {@link #type()} is the word for it
 * @param keySize bytes @param valueSize bytes, of one CPU for per-CPU kinds
 * @param flags {@code BPF_F_*} of map creation
 * @param mapExtra bloom filter's number of hashes, arena's address
 * @param btfId the BTF its types are from, 0 if none @param keyType BTF id @param valueType BTF id
 * @param vmlinuxValueType for struct_ops maps the id of the value's type in the BTF {@code vmlinuxBtfId}, else 0
 * @param device the device it is offloaded to
 */
public record MapInfo(
        int id,
        int typeNumber,
        String name,
        int keySize,
        int valueSize,
        int maxEntries,
        int flags,
        long mapExtra,
        int btfId,
        int keyType,
        int valueType,
        int vmlinuxValueType,
        int vmlinuxBtfId,
        Optional<OffloadDevice> device) {

    /** What the kernel says. @throws HostException if the descriptor is not a map's */
    public static MapInfo of(FileDescriptor descriptor) {
        try (InfoBlock block = new InfoBlock()) {
            block.read(descriptor, "a map");
            return new MapInfo(
                    block.word(BpfInfoLayout.MapInfo.ID),
                    block.word(BpfInfoLayout.MapInfo.TYPE),
                    block.text(BpfInfoLayout.MapInfo.NAME),
                    block.word(BpfInfoLayout.MapInfo.KEY_SIZE),
                    block.word(BpfInfoLayout.MapInfo.VALUE_SIZE),
                    block.word(BpfInfoLayout.MapInfo.MAX_ENTRIES),
                    block.word(BpfInfoLayout.MapInfo.MAP_FLAGS),
                    block.number(BpfInfoLayout.MapInfo.MAP_EXTRA),
                    block.word(BpfInfoLayout.MapInfo.BTF_ID),
                    block.word(BpfInfoLayout.MapInfo.BTF_KEY_TYPE_ID),
                    block.word(BpfInfoLayout.MapInfo.BTF_VALUE_TYPE_ID),
                    block.word(BpfInfoLayout.MapInfo.BTF_VMLINUX_VALUE_TYPE_ID),
                    block.word(BpfInfoLayout.MapInfo.BTF_VMLINUX_ID),
                    OffloadDevice.of(
                            block.word(BpfInfoLayout.MapInfo.IFINDEX),
                            block.number(BpfInfoLayout.MapInfo.NETNS_DEV),
                            block.number(BpfInfoLayout.MapInfo.NETNS_INO)));
        }
    }

    /** Every map in the kernel. @throws HostException EPERM without CAP_SYS_ADMIN */
    public static List<MapInfo> all() {
        return ObjectKind.MAP.all(MapInfo::of);
    }

    /** The kind of map; empty for one that is newer than this software. */
    public Optional<MapType> type() {
        return MapType.of(typeNumber);
    }

    /**
     * What it could have been created from. The kernel keeps no more than this record says: names are cut, globals are arrays like
     * others, and templates of maps of maps are not told.
     */
    public MapSpec spec() {
        return new MapSpec(
                name,
                MapSpec.Role.DECLARED,
                type().orElse(MapType.UNSPEC),
                keySize,
                valueSize,
                maxEntries,
                flags,
                mapExtra,
                -1,
                MapSpec.Pinning.NONE,
                Optional.empty(),
                keyType,
                valueType,
                Bytes.EMPTY,
                List.of(),
                0);
    }
}
