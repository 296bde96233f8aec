package dev.skep.verifier.transfer;

import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.program.Subprogram;
import dev.skep.verifier.state.Frame;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.DynptrKind;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.Trust;
import dev.skep.verifier.value.Value;

/** Arguments of global functions: checked at each call, believed inside ({@code btf_check_func_arg_match}). */
final class GlobalArguments {
    private final Environment environment;
    private final HelperMemory memory;

    GlobalArguments(Environment environment, Memory accesses) {
        this.environment = environment;
        memory = new HelperMemory(environment, accesses);
    }

    /** Checks what a call passes. */
    void checkCall(ProgramState state, Subprogram callee) {
        GlobalSignature signature = GlobalSignature.of(environment, callee);
        for (int i = 0; i < signature.arguments().size(); i++) {
            check(state, i + 1, signature.arguments().get(i), callee);
        }
    }

    private void check(ProgramState state, int register, GlobalSignature.Argument wanted, Subprogram callee) {
        Value value = Registers.read(state, register);
        boolean fits = switch (wanted) {
            case GlobalSignature.Argument.Number number -> value instanceof Scalar;
            case GlobalSignature.Argument.Context context -> value instanceof Pointer p && p.isContext() && !p.maybeNull();
            case GlobalSignature.Argument.Dynptr dynptr -> isDynptr(value);
            case GlobalSignature.Argument.Arena arena ->
                value instanceof Scalar || (value instanceof Pointer p && p.region() instanceof Region.Arena);
            case GlobalSignature.Argument.Memory size -> {
                checkMemory(state, register, value, size);
                yield true;
            }
            case GlobalSignature.Argument.Object object -> isObject(value, object);
        };
        if (!fits) {
            throw Refusal.ofRegister(
                    Cause.GLOBAL_FUNCTION_ARGUMENT,
                    register,
                    "R%d is not what arg#%d of %s() wants\nCaller passes invalid args into func#%d ('%s')"
                            .formatted(register, register - 1, callee.name(), callee.index(), callee.name()));
        }
    }

    private static boolean isDynptr(Value value) {
        return value instanceof Pointer pointer
                && (pointer.region() instanceof Region.Stack || pointer.region() instanceof Region.ConstDynptr);
    }

    private static boolean isObject(Value value, GlobalSignature.Argument.Object wanted) {
        if (value.isZero()) {
            return wanted.orNull();
        }
        return value instanceof Pointer pointer
                && pointer.region() instanceof Region.KernelObject object
                && object.trust() == Trust.TRUSTED
                && (!pointer.maybeNull() || wanted.orNull())
                && TypeMatch.startsWith(object.type(), pointer.offset(), wanted.type());
    }

    private void checkMemory(
            ProgramState state, int register, Value value, GlobalSignature.Argument.Memory wanted) {
        boolean nullable = value.isZero() || (value instanceof Pointer pointer && pointer.maybeNull());
        if (nullable && !wanted.orNull()) {
            throw Refusal.ofRegister(
                    Cause.GLOBAL_FUNCTION_ARGUMENT, register, "arg#" + (register - 1) + " is expected to be non-NULL");
        }
        if (value.isZero()) {
            return;
        }
        CallFacts facts = new CallFacts("", 0);
        if (value instanceof Pointer pointer && pointer.maybeNull()) {
            state.set(register, pointer.nonNull(pointer.region(), 0));
        }
        memory.check(state, register, wanted.size(), false, true, facts, false);
        memory.check(state, register, wanted.size(), true, true, facts, false);
        state.set(register, value);
    }

    /** Gives the frame of a function that is verified on its own its arguments. */
    static void prepare(Environment environment, Frame frame, Subprogram function) {
        GlobalSignature signature = GlobalSignature.of(environment, function);
        for (int i = 0; i < signature.arguments().size(); i++) {
            frame.set(i + 1, believed(environment, signature.arguments().get(i)));
        }
    }

    private static Value believed(Environment environment, GlobalSignature.Argument argument) {
        Paths paths = environment.paths();
        return switch (argument) {
            case GlobalSignature.Argument.Number number -> Scalar.UNKNOWN;
            case GlobalSignature.Argument.Context context -> Pointer.to(new Region.Context());
            case GlobalSignature.Argument.Dynptr dynptr ->
                Pointer.to(new Region.ConstDynptr(DynptrKind.LOCAL, paths.newId()));
            case GlobalSignature.Argument.Arena arena -> Pointer.to(new Region.Arena());
            case GlobalSignature.Argument.Memory memory -> pointer(paths, Region.Memory.of(memory.size()), memory.orNull());
            case GlobalSignature.Argument.Object object ->
                pointer(paths, Region.KernelObject.of(object.type(), Trust.TRUSTED), object.orNull());
        };
    }

    private static Pointer pointer(Paths paths, Region region, boolean orNull) {
        return orNull ? Pointer.orNull(region, paths.newId()) : Pointer.to(region);
    }
}
