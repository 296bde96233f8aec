package dev.skep.engine.map;

import dev.skep.engine.memory.Sandbox;
import dev.skep.object.host.Errno;
import dev.skep.object.map.MapType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The fields of a map's values that belong to the kernel: spin locks, timers, list heads. Copies leave them out: an update
 * keeps what is there, a lookup from the user's side reads zeros.
 *
 * @param fields by ascending offset, not overlapping
 */
record ValueFields(List<Field> fields) {
    /** Values without such fields. */
    static final ValueFields NONE = new ValueFields(List.of());

    ValueFields {
        fields = List.copyOf(fields);
    }

    /** @param kind what it is @param offset bytes from the start of the value */
    record Field(Kind kind, int offset) {}

    /** The kinds, with their C type and size in bytes (linux/bpf.h, 6.18), and the maps that may hold them. */
    enum Kind {
        SPIN_LOCK("bpf_spin_lock", 4, Holders.LOCKS),
        RES_SPIN_LOCK("bpf_res_spin_lock", 4, Holders.LOCKS),
        TIMER("bpf_timer", 16, Holders.WORK),
        WORKQUEUE("bpf_wq", 16, Holders.WORK),
        TASK_WORK("bpf_task_work", 8, Holders.WORK),
        LIST_HEAD("bpf_list_head", 16, Holders.WORK),
        RB_ROOT("bpf_rb_root", 16, Holders.WORK),
        REFCOUNT("bpf_refcount", 4, Holders.POINTERS),
        KERNEL_POINTER("kptr", 8, Holders.POINTERS);

        final String typeName;
        final int size;
        private final Set<MapType> holders;

        Kind(String typeName, int size, Set<MapType> holders) {
            this.typeName = typeName;
            this.size = size;
            this.holders = holders;
        }

        /** The kinds of maps whose values may have such a field: {@code map_check_btf} of kernel/bpf/syscall.c. */
        Set<MapType> allowedIn() {
            return holders;
        }
    }

    /** Kinds of maps that may hold the same kinds of fields. */
    private static final class Holders {
        static final Set<MapType> WORK = EnumSet.of(MapType.HASH, MapType.LRU_HASH, MapType.ARRAY);
        static final Set<MapType> LOCKS = EnumSet.of(
                MapType.HASH,
                MapType.ARRAY,
                MapType.CGROUP_STORAGE,
                MapType.SK_STORAGE,
                MapType.INODE_STORAGE,
                MapType.TASK_STORAGE,
                MapType.CGRP_STORAGE);
        static final Set<MapType> POINTERS = EnumSet.of(
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

        private Holders() {}
    }

    boolean isEmpty() {
        return fields.isEmpty();
    }

    boolean hasSpinLock() {
        return fields.stream().anyMatch(f -> f.kind() == Kind.SPIN_LOCK);
    }

    /** Offset of the spin lock in the value. */
    int spinLockOffset() {
        return fields.stream()
                .filter(f -> f.kind() == Kind.SPIN_LOCK)
                .mapToInt(Field::offset)
                .findFirst()
                .orElseThrow();
    }

    /** For messages: {@code a bpf_spin_lock, a bpf_timer}. */
    String describe() {
        return String.join(
                ", ", fields.stream().map(f -> "a " + f.kind().typeName).toList());
    }

    /** Copies a value inside the sandbox, all but these fields. */
    void copy(Sandbox sandbox, long from, long to, int size) {
        if (fields.isEmpty()) {
            sandbox.copy(from, to, size);
            return;
        }
        int at = 0;
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            sandbox.copy(from + at, to + at, field.offset() - at);
            at = field.offset() + field.kind().size;
        }
        sandbox.copy(from + at, to + at, size - at);
    }

    /**
     * {@link #copy} with the spin lock of the value at {@code to} held.
     *
     * @return 0, or {@code -EBUSY} if a program never gives the lock back
     */
    int copyLocked(Sandbox sandbox, long from, long to, int size) {
        long spinLock = to + spinLockOffset();
        if (!SpinLock.acquire(sandbox, spinLock)) {
            return Errno.EBUSY.negated();
        }
        copy(sandbox, from, to, size);
        SpinLock.release(sandbox, spinLock);
        return 0;
    }

    /** {@link #read} with the value's spin lock held. @return as {@link #copyLocked} */
    int readLocked(Sandbox sandbox, long from, byte[] to, int size) {
        long spinLock = from + spinLockOffset();
        if (!SpinLock.acquire(sandbox, spinLock)) {
            return Errno.EBUSY.negated();
        }
        read(sandbox, from, to, 0, size);
        SpinLock.release(sandbox, spinLock);
        return 0;
    }

    /** Fills a fresh value: a copy with these fields zeroed. */
    void initialize(Sandbox sandbox, long from, long to, int size) {
        copy(sandbox, from, to, size);
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            sandbox.fill(to + field.offset(), field.kind().size, (byte) 0);
        }
    }

    /** Copies a value out; these fields read as zeros. */
    void read(Sandbox sandbox, long from, byte[] to, int offset, int size) {
        sandbox.read(from, to, offset, size);
        for (Field field : fields) {
            Arrays.fill(to, offset + field.offset(), offset + field.offset() + field.kind().size, (byte) 0);
        }
    }
}
