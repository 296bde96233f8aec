package dev.skep.verifier.transfer;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.scalar.RangeText;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.KernelType;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.Value;

/** Accesses to objects of the kernel's, field by field as their BTF says ({@code check_ptr_to_btf_access}). */
final class KernelObjects {
    private final Environment environment;

    KernelObjects(Environment environment) {
        this.environment = environment;
    }

    Value access(ProgramState state, Access access, Pointer pointer, Region.KernelObject object) {
        if (pointer.maybeNull()) {
            throw Memory.invalid(access, pointer);
        }
        KernelType type = object.type();
        long offset = (long) access.offset() + pointer.offset();
        if (offset < 0) {
            throw refused(access, "R%d is ptr_%s invalid negative access: off=%d", type.name(), offset);
        }
        if (!pointer.variable().isConstant() || pointer.variable().constant() != 0) {
            throw Refusal.ofRegister(
                    Cause.KERNEL_OBJECT_ACCESS,
                    access.register(),
                    "R%d is ptr_%s invalid variable offset: off=%d, var_off=%s"
                            .formatted(
                                    access.register(),
                                    type.name(),
                                    offset,
                                    RangeText.of(pointer.variable().bits())));
        }
        if (access.writes() && !object.allocated()) {
            throw Refusal.ofRegister(Cause.KERNEL_OBJECT_ACCESS, access.register(), "only read is supported");
        }
        if (state.speculative()) {
            return Scalar.UNKNOWN;
        }
        return field(access, type, offset);
    }

    private static Refusal refused(Access access, String format, String name, long offset) {
        return Refusal.ofRegister(
                Cause.KERNEL_OBJECT_ACCESS, access.register(), format.formatted(access.register(), name, offset));
    }

    private static Value field(Access access, KernelType type, long offset) {
        Btf btf = type.btf();
        if (btf.type(type.id()) instanceof BtfType.Composite composite && offset + access.size() > composite.size()) {
            throw Refusal.ofRegister(
                    Cause.KERNEL_OBJECT_ACCESS,
                    access.register(),
                    "access beyond struct %s at off %d size %d".formatted(type.name(), offset, access.size()));
        }
        return Scalar.UNKNOWN;
    }

    /** The kernel shows programs the fields of {@code struct bpf_map} itself. */
    Value accessMap(Access access, Pointer pointer, Region.MapObject map) {
        KernelType type = KernelTypes.named(environment, "bpf_map").orElseThrow(() -> Memory.invalid(access, pointer));
        long offset = (long) access.offset() + pointer.offset();
        if (access.writes()) {
            throw Refusal.ofRegister(
                    Cause.KERNEL_OBJECT_ACCESS, access.register(), "only read from bpf_map is supported");
        }
        if (offset < 0) {
            throw refused(access, "R%d is %s invalid negative access: off=%d", map.map().name(), offset);
        }
        return field(access, type, offset);
    }
}
