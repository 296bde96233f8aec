package dev.skep.verifier.transfer;

import dev.skep.verifier.program.MapDescriptor;
import dev.skep.verifier.program.SpecialField;
import dev.skep.verifier.state.StackObject;
import dev.skep.verifier.value.KernelType;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a kernel function's arguments have shown so far, for those behind them and for the result ({@code bpf_kfunc_call_arg_meta}). */
final class KernelFunctionFacts {
    final KernelFunctionCallee callee;
    /** The value of the {@code __k} or {@code __szk} parameter. */
    OptionalLong constant = OptionalLong.empty();
    /** Size of the memory that is returned, where a {@code rdonly_buf_size} or {@code rdwr_buf_size} parameter says it. */
    OptionalLong resultSize = OptionalLong.empty();

    boolean resultReadOnly;
    /** The reference that some argument stands for, 0 if none. */
    int referenceId;
    /** The register whose reference is given up. */
    int releasedRegister = CallFacts.NONE;
    /** The map that an earlier argument names or lies in. */
    Optional<MapDescriptor> map = Optional.empty();

    int lookup;
    /** Type of the allocated object that is passed. */
    Optional<KernelType> object = Optional.empty();
    /** The reference-counted object is passed by its owner, so that there is at least one reference. */
    boolean owned;
    /** The list or tree that is passed. */
    Optional<SpecialField> root = Optional.empty();

    OptionalInt callback = OptionalInt.empty();
    Optional<Dynptrs.Used> dynptr = Optional.empty();
    Optional<IteratorPlace> iterator = Optional.empty();

    /** Where an iterator lies. @param index of its slot with the lowest address */
    record IteratorPlace(int frame, int index, StackObject.Iterator iterator) {}

    KernelFunctionFacts(KernelFunctionCallee callee) {
        this.callee = callee;
    }
}
