package dev.skep.verifier.value;

import dev.skep.verifier.kernel.SocketKind;
import dev.skep.verifier.program.MapDescriptor;

/** What a pointer points into. Regions with equal content are the same to a program ({@code enum bpf_reg_type}). */
public sealed interface Region {

    /** The program's context. */
    record Context() implements Region {}

    /** The stack of the frame with this index, 0 for the program itself; offsets count from the frame pointer down. */
    record Stack(int frame) implements Region {}

    /** A map itself, as helpers take it. @param lookup which look-up in an outer map gave it, 0 if it is named by the program */
    record MapObject(MapDescriptor map, int lookup) implements Region {}

    /** A value of a map. @param lookup tells inner maps of different look-ups apart, 0 if the map is named by the program */
    record MapValue(MapDescriptor map, int lookup) implements Region {}

    /** A key of a map, as {@code bpf_for_each_map_elem} shows it. */
    record MapKey(MapDescriptor map) implements Region {}

    /** A network packet. */
    enum Packet implements Region {
        DATA,
        META,
        END
    }

    /** {@code struct bpf_flow_keys}. */
    record FlowKeys() implements Region {}

    /** A socket shown through fixed fields. */
    record Socket(SocketKind kind) implements Region {}

    /**
     * Memory of a known size.
     *
     * @param allocated a record of a ring buffer ({@code MEM_RINGBUF})
     * @param dynptr the id of the dynptr it is a slice of, 0 if none: it goes with the dynptr
     * @param untrusted reads may fault and give 0 then ({@code rdonly_untrusted_mem}, 6.17)
     */
    record Memory(int size, boolean readOnly, boolean allocated, int dynptr, boolean untrusted) implements Region {
        public static Memory of(int size) {
            return new Memory(size, false, false, 0, false);
        }

        public static Memory readOnly(int size) {
            return new Memory(size, true, false, 0, false);
        }
    }

    /** A buffer whose size is checked when the program is attached ({@code PTR_TO_BUF}). */
    record Buffer(boolean readOnly) implements Region {}

    /** What a writable raw tracepoint hands over ({@code PTR_TO_TP_BUFFER}). */
    record TracepointBuffer() implements Region {}

    /**
     * An object with a BTF type.
     *
     * @param allocated made by {@code bpf_obj_new}, with the program's own type: may be written ({@code MEM_ALLOC})
     * @param nonOwning linked into a list or tree, usable while the lock is held ({@code NON_OWN_REF})
     * @param perCpu must go through {@code bpf_per_cpu_ptr} ({@code MEM_PERCPU})
     * @param user in user memory ({@code MEM_USER})
     */
    record KernelObject(
            KernelType type, Trust trust, boolean allocated, boolean nonOwning, boolean perCpu, boolean user)
            implements Region {
        public static KernelObject of(KernelType type, Trust trust) {
            return new KernelObject(type, trust, false, false, false, false);
        }

        /** One of the kernel's that there is once for each CPU. */
        public static KernelObject perCpu(KernelType type, Trust trust) {
            return new KernelObject(type, trust, false, false, true, false);
        }

        public KernelObject withTrust(Trust newTrust) {
            return new KernelObject(type, newTrust, allocated, nonOwning, perCpu, user);
        }

        public KernelObject withNonOwning(boolean newNonOwning) {
            return new KernelObject(type, trust, allocated, newNonOwning, perCpu, user);
        }
    }

    /** The address of a function, for a callback. @param function index of the function in the program */
    record FunctionAddress(int function) implements Region {}

    /** Memory of the program's arena: any offset may be accessed, faults are caught. */
    record Arena() implements Region {}

    /** A dynptr passed to a callback or global function by the kernel ({@code CONST_PTR_TO_DYNPTR}). */
    record ConstDynptr(DynptrKind kind, int dynptr) implements Region {}
}
