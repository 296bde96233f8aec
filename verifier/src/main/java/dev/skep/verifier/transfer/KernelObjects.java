package dev.skep.verifier.transfer;

import dev.skep.object.btf.Btf;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.KernelFeature;
import dev.skep.verifier.program.SpecialField;
import dev.skep.verifier.scalar.RangeText;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.KernelType;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.Trust;
import dev.skep.verifier.value.Value;

/** Accesses to objects typed by BTF, field by field ({@code check_ptr_to_btf_access}). */
final class KernelObjects {
    private final Environment environment;

    KernelObjects(Environment environment) {
        this.environment = environment;
    }

    Value access(ProgramState state, Access access, Pointer pointer, Region.KernelObject object) {
        if (pointer.maybeNull()) {
            throw Memory.invalid(access, pointer);
        }
        long offset = (long) access.offset() + pointer.offset();
        checkAllowed(access, pointer, object, offset);
        if (access.writes() && object.trust() == Trust.UNTRUSTED) {
            throw refused(access, "only read is supported");
        }
        if (access.writes() && !object.allocated()) {
            WritableFields.check(
                    access, environment.kind().type(), environment.structOpsMember(), object.type(), offset);
            return Scalar.UNKNOWN;
        }
        if (object.allocated()) {
            checkSpecialFields(access, object.type(), offset);
        }
        return load(state, access, pointer, object, offset);
    }

    private void checkAllowed(Access access, Pointer pointer, Region.KernelObject object, long offset) {
        KernelType type = object.type();
        checkPrivilege(access, type.name());
        boolean gpl = Licenses.isGplCompatible(environment.code().object().license());
        if (!gpl && KernelTypes.isKernels(environment, type)) {
            throw Refusal.ofRegister(
                    Cause.LICENSE,
                    access.register(),
                    "Cannot access kernel 'struct " + type.name() + "' from non-GPL compatible program");
        }
        String what = "R" + access.register() + " is ptr_" + type.name();
        if (offset < 0) {
            throw refused(access, what + " invalid negative access: off=" + offset);
        }
        if (!pointer.variable().isConstant() || pointer.variable().constant() != 0) {
            throw refused(
                    access,
                    what + " invalid variable offset: off=" + offset + ", var_off="
                            + RangeText.of(pointer.variable().bits()));
        }
        if (object.user()) {
            throw refused(access, what + " access user memory: off=" + offset);
        }
        if (object.perCpu()) {
            throw refused(access, what + " access percpu memory: off=" + offset);
        }
    }

    private void checkPrivilege(Access access, String name) {
        if (environment.hidesAddresses()) {
            throw Refusal.ofRegister(
                    Cause.POLICY,
                    access.register(),
                    "'struct " + name + "' access is allowed only to CAP_PERFMON and CAP_SYS_ADMIN");
        }
    }

    private static Refusal refused(Access access, String message) {
        return Refusal.ofRegister(Cause.KERNEL_OBJECT_ACCESS, access.register(), message);
    }

    private void checkSpecialFields(Access access, KernelType type, long offset) {
        for (SpecialField field : environment.fieldsOf(type)) {
            if (offset < field.end() && field.offset() < offset + access.size()) {
                throw Refusal.ofRegister(
                        Cause.SPECIAL_FIELD,
                        access.register(),
                        "direct access to " + field.kind().typeName() + " is disallowed");
            }
        }
    }

    private Value load(ProgramState state, Access access, Pointer pointer, Region.KernelObject object, long offset) {
        StructureWalk walk = new StructureWalk(object.type().btf(), !object.allocated());
        return switch (walk.access(object.type().id(), offset, access.size())) {
            case StructureWalk.Found.ObjectPointer field
            when !object.allocated() -> {
                TrustRules.Loaded loaded = TrustRules.load(state, pointer, object, field, walk.wentThroughUnion());
                yield pointer(loaded.object(), loaded.maybeNull());
            }
            case StructureWalk.Found found -> plain(access, found);
        };
    }

    private Value pointer(Region region, boolean maybeNull) {
        return maybeNull ? Pointer.orNull(region, environment.paths().newId()) : Pointer.to(region);
    }

    /** A load that gives no pointer to an object. */
    private Value plain(Access access, StructureWalk.Found found) {
        return switch (found) {
            case StructureWalk.Found.Nothing nothing -> throw refused(access, nothing.message());
            case StructureWalk.Found.OtherPointer other
            when environment.kernel().has(KernelFeature.UNTRUSTED_MEMORY) ->
                Pointer.to(new Region.Memory(0, true, false, 0, true));
            default -> Scalar.UNKNOWN;
        };
    }

    /** Looks into a map itself, the kernel's struct of it ({@code check_ptr_to_map_access}). */
    Value accessMap(Access access, Pointer pointer, Region.MapObject map) {
        if (pointer.maybeNull()) {
            throw Memory.invalid(access, pointer);
        }
        String name = MapStructures.of(map.map().type())
                .orElseThrow(() -> refused(
                        access,
                        "map_ptr access not supported for map type "
                                + map.map().type().number()));
        KernelType type = KernelTypes.named(environment, name)
                .orElseThrow(() -> refused(access, "map_ptr access not supported without CONFIG_DEBUG_INFO_BTF"));
        checkPrivilege(access, name);
        long offset = (long) access.offset() + pointer.offset();
        if (offset < 0) {
            throw refused(access, "R" + access.register() + " is " + name + " invalid negative access: off=" + offset);
        }
        if (access.writes()) {
            throw refused(access, "only read from " + name + " is supported");
        }
        Btf btf = type.btf();
        StructureWalk walk = new StructureWalk(btf, true);
        return switch (walk.access(type.id(), offset, access.size())) {
            case StructureWalk.Found.ObjectPointer field ->
                Pointer.to(mapField(new KernelType(btf, field.type()), field, walk.wentThroughUnion()));
            case StructureWalk.Found found -> plain(access, found);
        };
    }

    private static Region mapField(KernelType type, StructureWalk.Found.ObjectPointer field, boolean throughUnion) {
        Trust trust = throughUnion ? Trust.UNTRUSTED : field.tag().equals("rcu") ? Trust.RCU : Trust.WALKED;
        boolean perCpu = field.tag().equals("percpu");
        boolean user = field.tag().equals("user");
        return new Region.KernelObject(type, trust, false, false, perCpu, user);
    }
}
