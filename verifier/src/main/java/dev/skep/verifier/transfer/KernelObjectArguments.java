package dev.skep.verifier.transfer;

import dev.skep.object.btf.Btf;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.KernelFunctionFlag;
import dev.skep.verifier.value.KernelType;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Trust;
import dev.skep.verifier.value.TypeName;
import dev.skep.verifier.value.Value;
import java.util.Optional;

/** Objects as arguments of kernel functions: of the right type, and as reliable as wanted ({@code process_kf_arg_ptr_to_btf_id}). */
final class KernelObjectArguments {
    /** A type with this ending is the same, not yet set up; one does not stand for the other. */
    private static final String UNINITIALIZED_TWIN = "___init";

    private final Environment environment;

    KernelObjectArguments(Environment environment) {
        this.environment = environment;
    }

    private static Refusal refused(int register, String message) {
        return Refusal.ofRegister(Cause.KERNEL_FUNCTION_ARGUMENT, register, message);
    }

    static void checkTrust(Value value, int register, KernelFunctionCallee callee) {
        boolean rcuSuffices = callee.is(KernelFunctionFlag.RCU);
        if ((!callee.wantsTrusted() && !rcuSuffices) || PointerTrust.isTrusted(value)) {
            return;
        }
        if (!rcuSuffices) {
            throw refused(register, "R" + register + " must be referenced or trusted");
        }
        if (!PointerTrust.isRcu(value)) {
            throw refused(register, "R" + register + " must be a rcu pointer");
        }
    }

    /** Where pointers may point beside the start of what they stand for ({@code check_func_arg_reg_off}). */
    static void checkOffset(Value value, int register, boolean released) {
        if (!(value instanceof Pointer pointer)) {
            return;
        }
        if (released && pointer.offset() != 0 && !pointer.isStack()) {
            throw Refusal.ofRegister(
                    Cause.REFERENCE,
                    register,
                    "R" + register + " must have zero offset when passed to release func or trusted arg to kfunc");
        }
        switch (pointer.region()) {
            case Region.Stack stack -> {}
            case Region.Packet packet -> {}
            case Region.MapKey key -> {}
            case Region.MapValue map -> {}
            case Region.Memory memory -> {}
            case Region.Buffer buffer -> {}
            case Region.Arena arena -> {}
            case Region.KernelObject object ->
                Bounds.checkUnmoved(
                        pointer,
                        register,
                        Cause.KERNEL_FUNCTION_ARGUMENT,
                        !released && object.trust() != Trust.UNTRUSTED && !pointer.maybeNull());
            default -> Bounds.checkUnmoved(pointer, register, Cause.KERNEL_FUNCTION_ARGUMENT, false);
        }
    }

    static void checkContext(Value value, int index) {
        if (!(value instanceof Pointer pointer) || !pointer.isContext()) {
            throw refused(index + 1, "arg#" + index + " expected pointer to ctx, but got " + TypeName.of(value));
        }
    }

    /** An object of the program's that is given back. */
    void allocated(Value value, int index, KernelFunctionFacts facts) {
        if (PointerTrust.isPlainAllocated(value, false)) {
            if (!facts.callee.isNamed("bpf_obj_drop_impl")) {
                throw refused(index + 1, "arg#" + index + " expected for bpf_obj_drop_impl()");
            }
        } else if (PointerTrust.isPlainAllocated(value, true)) {
            if (!facts.callee.isNamed("bpf_percpu_obj_drop_impl")) {
                throw refused(index + 1, "arg#" + index + " expected for bpf_percpu_obj_drop_impl()");
            }
        } else {
            throw refused(index + 1, "arg#" + index + " expected pointer to allocated object");
        }
        Pointer pointer = (Pointer) value;
        if (pointer.referenceId() == 0) {
            throw refused(index + 1, "allocated object must be referenced");
        }
        facts.object = Optional.of(((Region.KernelObject) pointer.region()).type());
    }

    /** An object of the kernel's. */
    void object(Value value, int index, KernelArgumentKind kind, KernelFunctionFacts facts) {
        KernelFunctionCallee callee = facts.callee;
        if (!(value instanceof Pointer pointer) || !isUsable(pointer)) {
            throw refused(index + 1, "arg#%d is %s expected ptr_ or socket".formatted(index, TypeName.of(value)));
        }
        Btf btf = callee.btf();
        int target = kind == KernelArgumentKind.MAP
                ? KernelTypes.named(environment, "bpf_map").map(KernelType::id).orElse(0)
                : callee.target(callee.parameters().get(index));
        KernelType wanted = new KernelType(btf, target);
        KernelType given = PointerTypes.typeOf(environment, pointer)
                .orElseThrow(() -> refused(index + 1, "arg#" + index + " is of no type that is known"));
        boolean exact = (callee.is(KernelFunctionFlag.RELEASE) && pointer.referenceId() != 0)
                || isTwin(given.name(), wanted.name());
        boolean matches = exact
                ? pointer.offset() == 0 && given.equals(wanted)
                : TypeMatch.startsWith(given, pointer.offset(), wanted);
        if (!matches && !isProjection(wanted.name(), given.name())) {
            throw refused(
                    index + 1,
                    "kernel function %s args#%d expected pointer to %s %s but R%d has a pointer to %s %s"
                            .formatted(
                                    callee.name(),
                                    index,
                                    BtfWords.kind(btf, target),
                                    wanted.name(),
                                    index + 1,
                                    BtfWords.kind(given.btf(), given.id()),
                                    given.name()));
        }
    }

    private static boolean isUsable(Pointer pointer) {
        if (!PointerTrust.isTyped(pointer)) {
            return false;
        }
        if (!(pointer.region() instanceof Region.KernelObject object)) {
            return true;
        }
        if (object.trust() == Trust.RCU) {
            return true;
        }
        return !pointer.maybeNull() && !object.perCpu() && !object.user() && object.trust() != Trust.UNTRUSTED;
    }

    private static boolean isTwin(String given, String wanted) {
        return given.equals(wanted + UNINITIALIZED_TWIN) || wanted.equals(given + UNINITIALIZED_TWIN);
    }

    /** The wanted type is what programs see of the given one. */
    private static boolean isProjection(String wanted, String given) {
        return (wanted.equals("__sk_buff") && given.equals("sk_buff"))
                || (wanted.equals("xdp_md") && given.equals("xdp_buff"));
    }
}
