package dev.skep.verifier.transfer;

import dev.skep.object.btf.BtfLayout;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.program.SpecialField;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.KernelType;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.Trust;
import dev.skep.verifier.value.TypeName;
import dev.skep.verifier.value.Value;
import java.util.List;
import java.util.Set;

/** Pointers kept in map values and objects: loads and stores ({@code check_map_kptr_access}), and what fits in ({@code map_kptr_match_type}). */
final class KernelPointers {
    /** Types of the kernel's that are freed after a grace period only ({@code rcu_protected_types}, kernel/bpf/verifier.c). */
    private static final Set<String> FREED_AFTER_GRACE_PERIOD =
            Set.of("task_struct", "cgroup", "bpf_cpumask", "bpf_crypto_ctx", "prog_test_ref_kfunc");

    private final Environment environment;

    KernelPointers(Environment environment) {
        this.environment = environment;
    }

    Value access(ProgramState state, Access access, Pointer pointer, SpecialField field) {
        if (!pointer.hasConstantOffset()) {
            throw refused(access, "kptr access cannot have variable offset");
        }
        long offset = access.offset() + pointer.constantOffset();
        if (offset != field.offset()) {
            throw refused(access, "kptr access misaligned expected=" + field.offset() + " off=" + offset);
        }
        if (access.size() != field.size()) {
            throw refused(access, "kptr access size must be BPF_DW");
        }
        if (access.kind() == Access.Kind.ATOMIC_LOAD || access.kind() == Access.Kind.ATOMIC_STORE || access.signed()) {
            throw refused(access, "kptr in map can only be accessed using BPF_MEM instruction mode");
        }
        if (!access.writes()) {
            return load(state, field);
        }
        store(state, access, field);
        return Scalar.UNKNOWN;
    }

    private static Refusal refused(Access access, String message) {
        return Refusal.ofRegister(Cause.SPECIAL_FIELD, access.register(), message);
    }

    /** What a field holds, or null ({@code btf_ld_kptr_type}). */
    private Value load(ProgramState state, SpecialField field) {
        KernelType type = field.target().orElseThrow();
        int id = environment.paths().newId();
        if (field.kind() == SpecialField.Kind.USER_POINTER) {
            return Pointer.orNull(Region.Memory.of(new BtfLayout(type.btf()).size(type.id())), id);
        }
        if (!TrustRules.inRcuSection(state) || !isSafeInRcuSection(field, type)) {
            return Pointer.orNull(Region.KernelObject.of(type, Trust.UNTRUSTED), id);
        }
        boolean kernels = KernelTypes.isKernels(environment, type);
        boolean perCpu = field.kind() == SpecialField.Kind.KPTR_PERCPU;
        boolean node = !kernels
                && environment.fieldsOf(type).stream()
                        .anyMatch(inner -> inner.kind().isGraphNode());
        return Pointer.orNull(new Region.KernelObject(type, Trust.RCU, !kernels && !perCpu, node, perCpu, false), id);
    }

    /** {@code rcu_safe_kptr}. */
    private boolean isSafeInRcuSection(SpecialField field, KernelType type) {
        return switch (field.kind()) {
            case KPTR_PERCPU -> true;
            case KPTR_REF ->
                !KernelTypes.isKernels(environment, type) || FREED_AFTER_GRACE_PERIOD.contains(type.name());
            default -> false;
        };
    }

    private void store(ProgramState state, Access access, SpecialField field) {
        switch (field.kind()) {
            case KPTR_REF, KPTR_PERCPU -> throw refused(access, "store to referenced kptr disallowed");
            case USER_POINTER -> throw refused(access, "store to uptr disallowed");
            default -> {}
        }
        if (access.kind() == Access.Kind.STORE_CONSTANT) {
            if (access.constant() != 0) {
                throw refused(access, "BPF_ST imm must be 0 when storing to kptr at off=" + field.offset());
            }
            return;
        }
        Value value = state.register(access.value());
        if (value.isZero()) {
            environment.paths().markPrecise(state, access.value());
        } else {
            checkFits(value, access.value(), field);
        }
    }

    /** @throws Refusal unless a value, not the number 0, can be what the field holds */
    void checkFits(Value value, int register, SpecialField field) {
        KernelType wanted = field.target().orElseThrow();
        boolean unreferenced = field.kind() == SpecialField.Kind.KPTR_UNTRUSTED;
        if (!(value instanceof Pointer pointer)
                || !(pointer.region() instanceof Region.KernelObject object)
                || !isOfKind(object, field)) {
            throw doesNotFit(value, register, wanted, unreferenced);
        }
        Bounds.checkUnmoved(pointer, register, Cause.SPECIAL_FIELD, true);
        boolean matches = unreferenced
                ? TypeMatch.startsWith(object.type(), pointer.offset(), wanted)
                : pointer.offset() == 0 && object.type().equals(wanted);
        if (!matches) {
            throw doesNotFit(value, register, wanted, unreferenced);
        }
    }

    private boolean isOfKind(Region.KernelObject object, SpecialField field) {
        boolean perCpu = field.kind() == SpecialField.Kind.KPTR_PERCPU;
        if (object.user() || object.perCpu() != perCpu) {
            return false;
        }
        if (KernelTypes.isKernels(environment, object.type())) {
            boolean trusted = object.trust() != Trust.UNTRUSTED || field.kind() == SpecialField.Kind.KPTR_UNTRUSTED;
            return trusted && !object.allocated() && !object.nonOwning();
        }
        return object.trust() == Trust.WALKED && !object.nonOwning();
    }

    private static Refusal doesNotFit(Value value, int register, KernelType wanted, boolean unreferenced) {
        String message = "invalid kptr access, R%d type=%s expected=ptr_%s%s"
                .formatted(
                        register,
                        TypeName.of(value),
                        wanted.name(),
                        unreferenced ? " or untrusted_ptr_" + wanted.name() : "");
        return Refusal.ofRegister(Cause.SPECIAL_FIELD, register, message);
    }

    /** The field that an argument of {@code bpf_kptr_xchg} points to ({@code process_kptr_func}). */
    static SpecialField destination(Environment environment, ProgramState state, int register) {
        Pointer pointer = Registers.pointer(state, register);
        if (!pointer.hasConstantOffset()) {
            throw argument(
                    register, "R" + register + " doesn't have constant offset. kptr has to be at the constant offset");
        }
        List<SpecialField> fields = switch (pointer.region()) {
            case Region.MapValue value -> value.map().fields();
            case Region.KernelObject object -> environment.fieldsOf(object.type());
            default -> throw argument(register, "R" + register + " has no valid kptr");
        };
        if (fields.stream().noneMatch(field -> field.kind().isKptr())) {
            throw argument(register, "R" + register + " has no valid kptr");
        }
        long offset = pointer.constantOffset();
        SpecialField found = fields.stream()
                .filter(field -> field.kind().isKptr() && field.offset() == offset)
                .findFirst()
                .orElseThrow(() -> argument(register, "off=" + offset + " doesn't point to kptr"));
        boolean owning = found.kind() == SpecialField.Kind.KPTR_REF || found.kind() == SpecialField.Kind.KPTR_PERCPU;
        if (!owning) {
            throw argument(register, "off=" + offset + " kptr isn't referenced kptr");
        }
        return found;
    }

    private static Refusal argument(int register, String message) {
        return Refusal.ofRegister(Cause.SPECIAL_FIELD, register, message);
    }
}
