package dev.skep.verifier.program;

import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import dev.skep.verifier.program.SpecialField.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which types of maps may have which fields of the kernel's in their values ({@code map_check_btf}, kernel/bpf/syscall.c). */
final class FieldMaps {
    private static final Set<MapType> LOCKS = EnumSet.of(
            MapType.HASH,
            MapType.ARRAY,
            MapType.CGROUP_STORAGE,
            MapType.SK_STORAGE,
            MapType.INODE_STORAGE,
            MapType.TASK_STORAGE,
            MapType.CGRP_STORAGE);

    private static final Set<MapType> TIMERS = EnumSet.of(MapType.HASH, MapType.LRU_HASH, MapType.ARRAY);

    private static final Set<MapType> POINTERS = EnumSet.of(
            MapType.HASH,
            MapType.PERCPU_HASH,
            MapType.LRU_HASH,
            MapType.LRU_PERCPU_HASH,
            MapType.ARRAY,
            MapType.PERCPU_ARRAY,
            MapType.SK_STORAGE,
            MapType.INODE_STORAGE,
            MapType.TASK_STORAGE,
            MapType.CGRP_STORAGE);

    private static final int ONE_WAY = MapDescriptor.BPF_F_RDONLY_PROG | MapDescriptor.BPF_F_WRONLY_PROG;

    private FieldMaps() {}

    /** @throws dev.skep.verifier.Refusal if the map may not have one of these fields */
    static void check(MapSpec map, List<SpecialField> fields) {
        for (SpecialField field : fields) {
            if ((map.flags() & ONE_WAY) != 0) {
                throw SpecialFieldReader.refused(
                        "fields of the kernel's in a map that programs only read or only write");
            }
            if (!allowed(field.kind()).contains(map.type())) {
                throw SpecialFieldReader.refused(field.kind().typeName() + " in a map of type " + map.type());
            }
        }
    }

    private static Set<MapType> allowed(Kind kind) {
        return switch (kind) {
            case SPIN_LOCK, RES_SPIN_LOCK -> LOCKS;
            case TIMER, WORKQUEUE, TASK_WORK, LIST_HEAD, RB_ROOT -> TIMERS;
            case KPTR_UNTRUSTED, KPTR_REF, KPTR_PERCPU, REFCOUNT -> POINTERS;
            case USER_POINTER -> Set.of(MapType.TASK_STORAGE);
            case LIST_NODE, RB_NODE -> Set.of();
        };
    }
}
