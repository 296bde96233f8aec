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
import dev.skep.verifier.value.TypeName;
import dev.skep.verifier.value.Value;
import java.util.Optional;

/** Arguments of global functions: checked at each call, believed inside ({@code btf_check_func_arg_match}). */
final class GlobalArguments {
    private static final String NO_DYNPTR = "arg#%d expected pointer to stack or const struct bpf_dynptr";

    private final Environment environment;
    private final HelperMemory memory;
    private final Dynptrs dynptrs;

    GlobalArguments(Environment environment, Memory accesses) {
        this.environment = environment;
        dynptrs = new Dynptrs(accesses, new References(environment));
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
        Optional<String> problem = switch (wanted) {
            case GlobalSignature.Argument.Number number ->
                problemUnless(value instanceof Scalar, "R" + register + " is not a scalar");
            case GlobalSignature.Argument.Context context -> checkContext(value, register);
            case GlobalSignature.Argument.Dynptr dynptr -> checkDynptr(state, value, register);
            case GlobalSignature.Argument.Arena arena ->
                problemUnless(
                        value instanceof Scalar || (value instanceof Pointer p && p.region() instanceof Region.Arena),
                        "R" + register + " is not a pointer to arena or scalar.");
            case GlobalSignature.Argument.Memory size -> {
                checkMemory(state, register, value, size);
                yield Optional.empty();
            }
            case GlobalSignature.Argument.UntrustedMemory memory -> Optional.empty();
            case GlobalSignature.Argument.Object object ->
                object.trusted() ? checkObject(value, register, object) : Optional.empty();
        };
        if (problem.isPresent()) {
            throw Refusal.ofRegister(
                    Cause.GLOBAL_FUNCTION_ARGUMENT,
                    register,
                    "%s\nCaller passes invalid args into func#%d ('%s')"
                            .formatted(problem.get(), callee.index(), callee.name()));
        }
    }

    private static Optional<String> problemUnless(boolean fits, String problem) {
        return fits ? Optional.empty() : Optional.of(problem);
    }

    private static Optional<String> checkContext(Value value, int register) {
        boolean context = value instanceof Pointer pointer && pointer.isContext() && !pointer.maybeNull();
        if (!context) {
            return Optional.of("arg#" + (register - 1) + " expects pointer to ctx");
        }
        Bounds.checkUnmoved((Pointer) value, register, Cause.GLOBAL_FUNCTION_ARGUMENT, false);
        return Optional.empty();
    }

    private Optional<String> checkDynptr(ProgramState state, Value value, int register) {
        if (!(value instanceof Pointer pointer)) {
            return Optional.of(NO_DYNPTR.formatted(register - 1));
        }
        switch (pointer.region()) {
            case Region.ConstDynptr constant ->
                Bounds.checkUnmoved(pointer, register, Cause.GLOBAL_FUNCTION_ARGUMENT, false);
            case Region.Stack stack -> dynptrs.use(state, register);
            default -> {
                return Optional.of(NO_DYNPTR.formatted(register - 1));
            }
        }
        return Optional.empty();
    }

    /** As a helper's argument of that type: older pointers without flags, and those of an RCU section, will do. */
    private static Optional<String> checkObject(Value value, int register, GlobalSignature.Argument.Object wanted) {
        if (value.isZero() && wanted.orNull()) {
            return Optional.empty();
        }
        if (!(value instanceof Pointer pointer)
                || !(pointer.region() instanceof Region.KernelObject object)
                || (pointer.maybeNull() && !wanted.orNull())
                || object.trust() == Trust.UNTRUSTED
                || object.allocated()
                || object.perCpu()
                || object.user()
                || object.nonOwning()) {
            return Optional.of(
                    "R%d type=%s expected=ptr_, trusted_ptr_, rcu_ptr_".formatted(register, TypeName.of(value)));
        }
        return problemUnless(
                TypeMatch.startsWith(object.type(), pointer.offset(), wanted.type()),
                "R%d is of type %s but %s is expected"
                        .formatted(register, object.type().name(), wanted.type().name()));
    }

    private void checkMemory(ProgramState state, int register, Value value, GlobalSignature.Argument.Memory wanted) {
        boolean nullable = value.isZero() || (value instanceof Pointer pointer && pointer.maybeNull());
        if (nullable && !wanted.orNull()) {
            throw Refusal.ofRegister(
                    Cause.GLOBAL_FUNCTION_ARGUMENT, register, "arg#" + (register - 1) + " is expected to be non-NULL");
        }
        if (value.isZero()) {
            // Another path may bring a number here that is not 0.
            environment.paths().markPrecise(state, register);
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
            case GlobalSignature.Argument.Memory memory ->
                pointer(paths, Region.Memory.of(memory.size()), memory.orNull());
            case GlobalSignature.Argument.UntrustedMemory memory ->
                Pointer.to(new Region.Memory(0, true, false, 0, true));
            case GlobalSignature.Argument.Object object
            when object.trusted() ->
                pointer(paths, Region.KernelObject.of(object.type(), Trust.TRUSTED), object.orNull());
            case GlobalSignature.Argument.Object object ->
                Pointer.to(Region.KernelObject.of(object.type(), Trust.UNTRUSTED));
        };
    }

    private static Pointer pointer(Paths paths, Region region, boolean orNull) {
        return orNull ? Pointer.orNull(region, paths.newId()) : Pointer.to(region);
    }
}
