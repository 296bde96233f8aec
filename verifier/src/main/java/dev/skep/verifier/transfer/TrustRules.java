package dev.skep.verifier.transfer;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.verifier.state.Held;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.KernelType;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Trust;
import java.util.OptionalInt;

/** How far what a pointer to a kernel object leads to can be relied on ({@code check_ptr_to_btf_access}). */
final class TrustRules {
    private TrustRules() {}

    /** The object is known to be alive ({@code is_trusted_reg}). */
    static boolean isTrusted(Pointer pointer) {
        if (pointer.referenceId() != 0) {
            return true;
        }
        return switch (pointer.region()) {
            case Region.Socket socket -> !pointer.maybeNull();
            case Region.KernelObject object -> isTrusted(object) && !pointer.maybeNull();
            default -> false;
        };
    }

    private static boolean isTrusted(Region.KernelObject object) {
        if (object.perCpu() || object.user()) {
            return false;
        }
        return switch (object.trust()) {
            case TRUSTED -> true;
            case WALKED -> object.allocated() || object.nonOwning();
            case RCU, UNTRUSTED -> false;
        };
    }

    /** Nothing that is going on here forbids to sleep. */
    static boolean maySleepNow(ProgramState state) {
        return state.sleepable()
                && state.rcuDepth() == 0
                && state.preemptDepth() == 0
                && state.held().stream().noneMatch(held -> held.kind() == Held.Kind.IRQ);
    }

    /** Objects that are freed after a grace period cannot be freed now ({@code in_rcu_cs}). */
    static boolean inRcuSection(ProgramState state) {
        return state.rcuDepth() > 0 || state.holdsLock() || !state.sleepable();
    }

    /** What a pointer loaded from an object is. */
    record Loaded(Region.KernelObject object, boolean maybeNull) {}

    /**
     * What a load of a pointer gives.
     *
     * @param from the pointer it was loaded through @param holder the object {@code from} points to
     * @param throughUnion other members of a union lie in the same place
     */
    static Loaded load(
            ProgramState state,
            Pointer from,
            Region.KernelObject holder,
            StructureWalk.Found.ObjectPointer field,
            boolean throughUnion) {
        KernelType type = new KernelType(holder.type().btf(), field.type());
        boolean user = field.tag().equals("user");
        boolean perCpu = field.tag().equals("percpu");
        Region.KernelObject walked = new Region.KernelObject(type, Trust.WALKED, false, false, perCpu, user);
        Region.KernelObject mixed = throughUnion ? walked.withTrust(Trust.UNTRUSTED) : walked;
        if (holder.trust() == Trust.UNTRUSTED) {
            return new Loaded(Region.KernelObject.of(type, Trust.UNTRUSTED), false);
        }
        if (!isTrusted(from) && holder.trust() != Trust.RCU) {
            return new Loaded(mixed, false);
        }
        if (isListed(holder.type(), field, "__safe_trusted")) {
            return new Loaded(mixed.trust() == Trust.UNTRUSTED ? mixed : walked.withTrust(Trust.TRUSTED), false);
        }
        if (isListed(holder.type(), field, "__safe_trusted_or_null")) {
            return new Loaded(mixed.trust() == Trust.UNTRUSTED ? mixed : walked.withTrust(Trust.TRUSTED), true);
        }
        if (!inRcuSection(state) || from.maybeNull()) {
            return new Loaded(Region.KernelObject.of(type, Trust.UNTRUSTED), false);
        }
        return loadInRcuSection(holder.type(), field, walked, mixed);
    }

    private static Loaded loadInRcuSection(
            KernelType holder,
            StructureWalk.Found.ObjectPointer field,
            Region.KernelObject walked,
            Region.KernelObject mixed) {
        boolean untrusted = mixed.trust() == Trust.UNTRUSTED;
        if (isListed(holder, field, "__safe_rcu")) {
            return new Loaded(untrusted ? mixed : walked.withTrust(Trust.RCU), false);
        }
        if (isListed(holder, field, "__safe_rcu_or_null")) {
            return new Loaded(walked.withTrust(Trust.RCU), true);
        }
        if (field.tag().equals("rcu")) {
            return new Loaded(untrusted ? mixed : walked.withTrust(Trust.RCU), true);
        }
        return new Loaded(mixed, false);
    }

    /**
     * Fields that can be relied on are listed by the kernel in structs of its BTF made for that: {@code struct file__safe_trusted} has
     * those fields of {@code struct file} ({@code btf_nested_type_is_trusted}), so that each kernel's own list is what counts.
     */
    private static boolean isListed(KernelType holder, StructureWalk.Found.ObjectPointer field, String suffix) {
        Btf btf = holder.btf();
        OptionalInt list = btf.find(holder.name() + suffix, BtfType.Composite.class);
        if (list.isEmpty() || !(btf.type(list.getAsInt()) instanceof BtfType.Composite fields)) {
            return false;
        }
        return fields.members().stream()
                .anyMatch(member -> member.name().equals(field.field())
                        && btf.type(member.type()) instanceof BtfType.Pointer pointer
                        && btf.strip(pointer.target()) == field.type());
    }
}
