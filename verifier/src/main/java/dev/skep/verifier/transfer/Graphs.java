package dev.skep.verifier.transfer;

import dev.skep.verifier.program.SpecialField;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Trust;
import dev.skep.verifier.value.Value;

/** Objects that are put into a list or tree: the program goes on to use them without owning them ({@code ref_set_non_owning}). */
final class Graphs {
    private final Environment environment;
    private final References references;

    Graphs(Environment environment, References references) {
        this.environment = environment;
        this.references = references;
    }

    /** The call is one that works on a list or tree, and may be made under its lock. */
    static boolean isGraphCall(String name) {
        return name.startsWith("bpf_list_")
                || name.startsWith("bpf_rbtree_")
                || name.equals("bpf_refcount_acquire_impl");
    }

    /** The call puts its second argument into a list or tree. */
    static boolean links(KernelFunctionCallee callee) {
        return callee.isNamed("bpf_list_push_front_impl")
                || callee.isNamed("bpf_list_push_back_impl")
                || callee.isNamed("bpf_rbtree_add_impl");
    }

    /** The object as it is while others may own it, too; one that counts its references lives until the RCU section ends. */
    static Region.KernelObject nonOwning(Environment environment, Region.KernelObject object) {
        boolean counted = environment.fieldsOf(object.type()).stream()
                .anyMatch(field -> field.kind() == SpecialField.Kind.REFCOUNT);
        Region.KernelObject linked = object.withNonOwning(true);
        return counted ? linked.withTrust(Trust.RCU) : linked;
    }

    /** The list or tree owns the object now: the reference is gone, pointers to the object stay usable under the lock. */
    void giveUp(ProgramState state, int reference) {
        state.replaceValues(value -> converted(value, reference));
        references.release(state, reference);
    }

    private Value converted(Value value, int reference) {
        return value instanceof Pointer pointer
                        && pointer.referenceId() == reference
                        && pointer.region() instanceof Region.KernelObject object
                ? pointer.withReference(0).withRegion(nonOwning(environment, object))
                : value;
    }
}
