package dev.skep.verifier.transfer;

import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.program.SpecialField;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.Trust;
import dev.skep.verifier.value.Value;

/** Loads and stores of kernel pointers kept in map values ({@code check_map_kptr_access}). */
final class KernelPointers {
    private final Environment environment;

    KernelPointers(Environment environment) {
        this.environment = environment;
    }

    Value access(ProgramState state, Access access, Pointer pointer, SpecialField field) {
        if (!pointer.hasConstantOffset()) {
            throw refused(access, "kptr access cannot have variable offset");
        }
        if (access.offset() + pointer.constantOffset() != field.offset()) {
            throw refused(access, "kptr access misaligned expected=" + field.offset() + " off=" + access.offset());
        }
        if (access.size() != field.size()) {
            throw refused(access, "kptr access size must be BPF_DW");
        }
        if (!access.writes()) {
            return load(field);
        }
        store(state, access, field);
        return Scalar.UNKNOWN;
    }

    private static Refusal refused(Access access, String message) {
        return Refusal.ofRegister(Cause.SPECIAL_FIELD, access.register(), message);
    }

    private Value load(SpecialField field) {
        Trust trust = field.kind() == SpecialField.Kind.KPTR_UNTRUSTED ? Trust.UNTRUSTED : Trust.RCU;
        return field.target()
                .<Value>map(type ->
                        Pointer.orNull(Region.KernelObject.of(type, trust), environment.paths().newId()))
                .orElse(Scalar.UNKNOWN);
    }

    private static void store(ProgramState state, Access access, SpecialField field) {
        if (field.kind() != SpecialField.Kind.KPTR_UNTRUSTED) {
            throw refused(access, "store to referenced kptr disallowed");
        }
        boolean clears = access.kind() == Access.Kind.STORE_CONSTANT && access.constant() == 0
                || access.kind() == Access.Kind.STORE && state.register(access.value()).isZero();
        boolean same = access.kind() == Access.Kind.STORE
                && state.register(access.value()) instanceof Pointer pointer
                && pointer.region() instanceof Region.KernelObject object
                && field.target().filter(object.type()::equals).isPresent();
        if (!clears && !same) {
            throw refused(access, "invalid kptr access, R" + access.value() + " is not a pointer of the field's type");
        }
    }
}
