package dev.skep.verifier.transfer;

import dev.skep.verifier.program.MapDescriptor;
import dev.skep.verifier.program.SpecialField;
import dev.skep.verifier.value.DynptrKind;
import dev.skep.verifier.value.KernelType;
import java.util.Optional;
import java.util.OptionalInt;

/** What a call's arguments have shown so far, for the arguments behind them and for the result ({@code bpf_call_arg_meta}). */
final class CallFacts {
    /** Name of what is called, as messages have it. */
    final String name;

    /** Number of the helper, 0 for kernel functions. */
    final int number;

    Optional<MapDescriptor> map = Optional.empty();
    /** Which look-up the map came from, if it is an inner map. */
    int lookup;

    /** The register, its size following, of memory that the call fills. */
    int filledRegister = CallFacts.NONE;

    int filledBytes;
    /** The argument before was memory to be filled, which need not be written yet. */
    boolean fills;

    /** The register whose reference is given up. */
    int releasedRegister = CallFacts.NONE;

    int referenceId;
    OptionalInt callback = OptionalInt.empty();
    /** The upper bound of the size given, which also bounds what some calls return. */
    long sizeBound;

    /** Bytes of the memory that is returned. */
    long memorySize;

    int dynptr;
    Optional<DynptrKind> dynptrKind = Optional.empty();
    Optional<KernelType> objectType = Optional.empty();
    Optional<SpecialField> kptr = Optional.empty();

    /** The object is the program's own, with a copy for each CPU. */
    boolean allocatedPerCpu;

    /** The look-up is at an index inside an array: it finds a value. */
    boolean found;

    static final int NONE = -1;

    CallFacts(String name, int number) {
        this.name = name;
        this.number = number;
    }

    /** As the kernel names a helper: {@code bpf_map_lookup_elem#1}. */
    String label() {
        return name + "#" + number;
    }
}
