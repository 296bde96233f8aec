package dev.skep.verifier.program;

import dev.skep.verifier.kernel.KernelFeature;
import dev.skep.verifier.value.KernelType;
import java.util.Optional;

/**
 * A field of a map's value or of an allocated object that belongs to the kernel ({@code struct btf_field}).
 *
 * @param offset in bytes @param size in bytes
 * @param target what a kptr points to, or what a list or tree holds
 * @param targetOffset where the node lies in what a list or tree holds
 */
public record SpecialField(Kind kind, int offset, int size, Optional<KernelType> target, int targetOffset) {

    /** {@code enum btf_field_type}. */
    public enum Kind {
        SPIN_LOCK("bpf_spin_lock", 4, KernelFeature.LOCKS_IN_MAPS),
        RES_SPIN_LOCK("bpf_res_spin_lock", 4, KernelFeature.RESILIENT_LOCKS),
        TIMER("bpf_timer", 16, KernelFeature.TIMERS),
        WORKQUEUE("bpf_wq", 16, KernelFeature.WORK_QUEUES),
        TASK_WORK("bpf_task_work", 8, KernelFeature.TASK_WORK),
        KPTR_UNTRUSTED("kptr", 8, KernelFeature.KERNEL_POINTERS_IN_MAPS),
        KPTR_REF("kptr", 8, KernelFeature.KERNEL_POINTERS_IN_MAPS),
        KPTR_PERCPU("percpu_kptr", 8, KernelFeature.PERCPU_OBJECTS),
        USER_POINTER("uptr", 8, KernelFeature.USER_POINTERS_IN_MAPS),
        LIST_HEAD("bpf_list_head", 16, KernelFeature.LOCAL_OBJECTS),
        LIST_NODE("bpf_list_node", 24, KernelFeature.LOCAL_OBJECTS),
        RB_ROOT("bpf_rb_root", 16, KernelFeature.TREES),
        RB_NODE("bpf_rb_node", 32, KernelFeature.TREES),
        REFCOUNT("bpf_refcount", 4, KernelFeature.REFERENCE_COUNTS);

        private final String typeName;
        private final int size;
        private final KernelFeature feature;

        Kind(String typeName, int size, KernelFeature feature) {
            this.typeName = typeName;
            this.size = size;
            this.feature = feature;
        }

        /** The struct that makes a field one of this kind; for pointers the word the kernel's messages use. */
        public String typeName() {
            return typeName;
        }

        /** In bytes (linux/bpf.h). */
        public int size() {
            return size;
        }

        /** Kernels without it know no such field: its bytes are the program's there, like any others. */
        public KernelFeature feature() {
            return feature;
        }

        public boolean isKptr() {
            return this == KPTR_UNTRUSTED || this == KPTR_REF || this == KPTR_PERCPU || this == USER_POINTER;
        }

        public boolean isLock() {
            return this == SPIN_LOCK || this == RES_SPIN_LOCK;
        }

        public boolean isGraphRoot() {
            return this == LIST_HEAD || this == RB_ROOT;
        }

        public boolean isGraphNode() {
            return this == LIST_NODE || this == RB_NODE;
        }
    }

    public int end() {
        return offset + size;
    }

    /** The same field so many bytes further on. */
    SpecialField shifted(int bytes) {
        return new SpecialField(kind, offset + bytes, size, target, targetOffset);
    }
}
