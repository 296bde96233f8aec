package dev.skep.verifier.transfer;

import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.program.SpecialField;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.KernelType;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Value;
import java.util.List;
import java.util.Optional;

/** Lists and trees, and their nodes, as arguments ({@code __process_kf_arg_ptr_to_graph_root}, {@code ..._graph_node}). */
final class GraphArguments {
    private final Environment environment;

    GraphArguments(Environment environment) {
        this.environment = environment;
    }

    /** The kernel's fields in what a pointer leads to. */
    static List<SpecialField> fieldsOf(Environment environment, Pointer pointer) {
        return switch (pointer.region()) {
            case Region.MapValue value -> value.map().fields();
            case Region.KernelObject object when object.allocated() -> environment.fieldsOf(object.type());
            default -> List.of();
        };
    }

    /** @param kind LIST_HEAD or RB_ROOT */
    void root(ProgramState state, int index, SpecialField.Kind kind, KernelFunctionFacts facts) {
        int register = index + 1;
        Value value = state.register(register);
        boolean allocated = PointerTrust.isPlainAllocated(value, false);
        if (!(value instanceof Pointer pointer) || (!allocated && !isMapValue(pointer))) {
            throw refused(register, "arg#" + index + " expected pointer to map value or allocated object");
        }
        if (allocated && pointer.referenceId() == 0) {
            throw refused(register, "allocated object must be referenced");
        }
        SpecialField field = find(pointer, register, kind);
        Optional<String> unprotected = Locks.whyNotProtected(state, pointer);
        if (unprotected.isPresent()) {
            int lockAt = fieldsOf(environment, pointer).stream()
                    .filter(each -> each.kind().isLock())
                    .mapToInt(SpecialField::offset)
                    .findFirst()
                    .orElse(-1);
            throw Refusal.ofRegister(
                    Cause.LOCK,
                    register,
                    "%sbpf_spin_lock at off=%d must be held for %s"
                            .formatted(unprotected.get(), lockAt, kind.typeName()));
        }
        facts.root = Optional.of(field);
    }

    private static boolean isMapValue(Pointer pointer) {
        return pointer.region() instanceof Region.MapValue && !pointer.maybeNull();
    }

    private static Refusal refused(int register, String message) {
        return Refusal.ofRegister(Cause.KERNEL_FUNCTION_ARGUMENT, register, message);
    }

    private SpecialField find(Pointer pointer, int register, SpecialField.Kind kind) {
        if (!pointer.hasConstantOffset()) {
            throw refused(
                    register,
                    "R%d doesn't have constant offset. %s has to be at the constant offset"
                            .formatted(register, kind.typeName()));
        }
        long offset = pointer.constantOffset();
        return fieldsOf(environment, pointer).stream()
                .filter(field -> field.offset() == offset && field.kind() == kind)
                .findFirst()
                .orElseThrow(() -> refused(register, kind.typeName() + " not found at offset=" + offset));
    }

    /** A node that the call puts into a list or tree: of an object that the program owns. */
    void ownedNode(ProgramState state, int index, SpecialField.Kind kind, KernelFunctionFacts facts) {
        Value value = state.register(index + 1);
        if (!PointerTrust.isPlainAllocated(value, false)) {
            throw refused(index + 1, "arg#" + index + " expected pointer to allocated object");
        }
        if (((Pointer) value).referenceId() == 0) {
            throw refused(index + 1, "allocated object must be referenced");
        }
        node((Pointer) value, index, kind, facts);
    }

    /** A node that may be in a tree. */
    void linkedNode(ProgramState state, int index, SpecialField.Kind kind, KernelFunctionFacts facts) {
        Value value = state.register(index + 1);
        boolean owned = value instanceof Pointer pointer && pointer.referenceId() != 0;
        if (!PointerTrust.isNonOwning(value) && !owned) {
            throw refused(
                    index + 1, facts.callee.name() + " can only take non-owning or refcounted bpf_rb_node pointer");
        }
        if (Callbacks.isInTreeCallback(state)) {
            throw refused(index + 1, facts.callee.name() + " not allowed in rbtree cb");
        }
        node((Pointer) value, index, kind, facts);
    }

    private void node(Pointer pointer, int index, SpecialField.Kind kind, KernelFunctionFacts facts) {
        int register = index + 1;
        SpecialField found = find(pointer, register, kind);
        SpecialField root = facts.root.orElseThrow(() -> refused(register, "arg#0 is no list or tree"));
        KernelType type = ((Region.KernelObject) pointer.region()).type();
        KernelType wanted = root.target().orElse(type);
        if (!type.equals(wanted)) {
            throw refused(
                    register,
                    "operation on %s expects arg#1 %s at offset=%d in struct %s, but arg is at offset=%d in struct %s"
                            .formatted(
                                    root.kind().typeName(),
                                    kind.typeName(),
                                    root.targetOffset(),
                                    wanted.name(),
                                    found.offset(),
                                    type.name()));
        }
        if (found.offset() != root.targetOffset()) {
            throw refused(
                    register,
                    "arg#1 offset=%d, but expected %s at offset=%d in struct %s"
                            .formatted(found.offset(), kind.typeName(), root.targetOffset(), wanted.name()));
        }
        facts.object = Optional.of(type);
    }

    /** The owner of a reference-counted object, or who has found it in a list or tree. */
    void counted(ProgramState state, int index, KernelFunctionFacts facts) {
        int register = index + 1;
        if (!(state.register(register) instanceof Pointer pointer)
                || !(pointer.region() instanceof Region.KernelObject object)
                || !object.allocated()
                || pointer.maybeNull()) {
            throw refused(register, "arg#" + index + " is neither owning or non-owning ref");
        }
        facts.owned = !object.nonOwning() && pointer.referenceId() != 0;
        boolean counts = environment.fieldsOf(object.type()).stream()
                .anyMatch(field -> field.kind() == SpecialField.Kind.REFCOUNT);
        if (!counts) {
            throw refused(register, "arg#" + index + " doesn't point to a type with bpf_refcount field");
        }
        facts.object = Optional.of(object.type());
    }
}
