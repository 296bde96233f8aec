package dev.skep.linux.feature;

import dev.skep.linux.bpf.BpfAttrLayout.MapCreate;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.host.Errno;
import dev.skep.object.map.MapType;

/** Which types of maps the kernel has: the smallest map of each, created. */
final class MapTypeProbes {
    /** Flags of {@code BPF_MAP_CREATE} in linux/bpf.h. */
    private static final int BPF_F_NO_PREALLOC = 1;

    private static final int BPF_F_MMAPABLE = 1 << 10;

    /** A multiple of every architecture's page size, and a power of two. */
    private static final int LARGEST_PAGE = 64 << 10;

    private static final int CGROUP_STORAGE_KEY_SIZE = 16; // struct bpf_cgroup_storage_key
    private static final int LPM_KEY_SIZE = 8; // struct bpf_lpm_trie_key with a prefix of 4 bytes

    private MapTypeProbes() {}

    static Support support(MapType type) {
        return switch (type) {
            case UNSPEC -> new Support.Missing("it stands for no type");
            case STACK_TRACE -> created(ProbeMap.of(type, 4, 8, 1));
            case LPM_TRIE -> created(ProbeMap.of(type, LPM_KEY_SIZE, 8, 1).withFlags(BPF_F_NO_PREALLOC));
            case CGROUP_STORAGE, PERCPU_CGROUP_STORAGE -> created(ProbeMap.of(type, CGROUP_STORAGE_KEY_SIZE, 8, 0));
            case QUEUE, STACK, BLOOM_FILTER -> created(ProbeMap.of(type, 0, 4, 1));
            case RINGBUF, USER_RINGBUF -> created(ProbeMap.of(type, 0, 0, LARGEST_PAGE));
            case ARENA -> created(ProbeMap.of(type, 0, 0, 1).withFlags(BPF_F_MMAPABLE));
            case SK_STORAGE, INODE_STORAGE, TASK_STORAGE, CGRP_STORAGE -> localStorage(type);
            case ARRAY_OF_MAPS, HASH_OF_MAPS -> mapOfMaps(type);
            case STRUCT_OPS -> structOps();
            default -> created(ProbeMap.of(type, 4, 4, 1));
        };
    }

    private static Support created(ProbeMap map) {
        return map.tryToCreate().support();
    }

    /** Its key and value need types. */
    private static Support localStorage(MapType type) {
        try (FileDescriptor btf = ProbeBtf.of(ProbeBtf.INT).load()) {
            return created(ProbeMap.of(type, 4, 4, 0)
                    .withFlags(BPF_F_NO_PREALLOC)
                    .with(attr -> attr.set(MapCreate.BTF_FD, btf.number())
                            .set(MapCreate.BTF_KEY_TYPE_ID, 1)
                            .set(MapCreate.BTF_VALUE_TYPE_ID, 1)));
        }
    }

    private static Support mapOfMaps(MapType type) {
        try (FileDescriptor inner = ProbeMap.array().create()) {
            return created(ProbeMap.of(type, 4, 4, 1).with(attr -> attr.set(MapCreate.INNER_MAP_FD, inner.number())));
        }
    }

    /** The kernel's first type is no table of operations, and it says so with ENOTSUPP. */
    private static Support structOps() {
        return ProbeMap.of(MapType.STRUCT_OPS, 4, 4, 1)
                .with(attr -> attr.set(MapCreate.BTF_VMLINUX_VALUE_TYPE_ID, 1))
                .tryToCreate()
                .supportIfSuccessOr(Errno.ENOTSUPP);
    }
}
