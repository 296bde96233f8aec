package dev.skep.verifier.transfer;

import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.ReturnRule;
import dev.skep.verifier.scalar.Range;
import dev.skep.verifier.state.Entry;
import dev.skep.verifier.state.Frame;
import dev.skep.verifier.state.Moment;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.TypeName;
import dev.skep.verifier.value.Value;

/** {@code exit}: back to the caller, or the end of the path ({@code prepare_func_exit}, {@code check_return_code}). */
final class Exits {
    private final Environment environment;

    Exits(Environment environment) {
        this.environment = environment;
    }

    /** @return false if the path ends */
    boolean exit(ProgramState state) {
        if (state.frameCount() > 1) {
            leave(state);
            return true;
        }
        References.checkNothingHeld(state, "BPF_EXIT instruction");
        checkResult(state);
        return false;
    }

    private void leave(ProgramState state) {
        Entry entry = state.frame().entry();
        Value result = state.register(0); // a function without a result leaves none; the caller must not read it then
        if (result instanceof Pointer pointer && pointer.isStack()) {
            throw Refusal.ofRegister(Cause.RETURN_VALUE, 0, "cannot return stack pointer to the caller");
        }
        if (entry.isSynchronousCallback()) {
            checkCallbackResult(state, entry.callback().orElseThrow(), result);
            state.leave();
            Moment now = state.past();
            if (now != null) {
                now.leaveCallback();
            }
            state.jumpTo(entry.callSite());
            environment.paths().widen(state, entry.callSite());
        } else {
            state.leave();
            state.set(0, result);
            state.jumpTo(entry.callSite() + 1);
        }
    }

    private void checkCallbackResult(ProgramState state, Entry.Callback callback, Value result) {
        if (!(result instanceof Scalar number)) {
            throw Refusal.ofRegister(Cause.CALLBACK, 0, "R0 not a scalar value");
        }
        environment.paths().markPrecise(state, 0);
        if (!callback.returns().contains(number.range())) {
            throw Refusal.ofRegister(
                    Cause.CALLBACK,
                    0,
                    outside(
                            "At callback return",
                            number.range(),
                            callback.returns().smin(),
                            callback.returns().smax()));
        }
    }

    /**
     * {@code bpf_throw}: the program ends, and unless it has a callback for exceptions the cookie in r1 becomes its result.
     */
    void thrown(ProgramState state) {
        for (int depth = 0; depth < state.frameCount(); depth++) {
            Entry entry = state.frame(depth).entry();
            if (entry.callback().isPresent()) {
                throw new Refusal(
                        Cause.EXCEPTION,
                        "bpf_throw kfunc (insn %d) cannot be called from callback subprog %d"
                                .formatted(state.slot(), entry.function()));
            }
        }
        if (!environment.catchesExceptions()) {
            checkProgramResult(state, 1, programRule());
        }
        References.checkNothingHeld(state, "bpf_throw");
    }

    private ReturnRule programRule() {
        return environment.kernel().returnRule(environment.kind(), environment.targetReturnsVoid());
    }

    private void checkResult(ProgramState state) {
        Frame frame = state.frame();
        if (frame.entry().isAsynchronousCallback()) {
            Entry.Callback callback = frame.entry().callback().orElseThrow();
            Value result = Registers.read(state, 0);
            if (!(result instanceof Scalar number)) {
                throw Refusal.ofRegister(
                        Cause.CALLBACK,
                        0,
                        "In async callback the register R0 is not a known value (" + typeOf(result) + ")");
            }
            checkRange(state, 0, number, callback.returns(), "At async callback the register R0");
            return;
        }
        if (frame.entry().function() != 0 && !frame.entry().isExceptionCallback()) {
            checkSubprogramResult(state);
            return;
        }
        checkProgramResult(state, 0, programRule());
    }

    private static String typeOf(Value value) {
        return TypeName.of(value);
    }

    private static void checkSubprogramResult(ProgramState state) {
        Value result = Registers.read(state, 0);
        if (result instanceof Pointer) {
            throw Refusal.ofRegister(
                    Cause.RETURN_VALUE,
                    0,
                    "At subprogram exit the register R0 is not a scalar value (" + typeOf(result) + ")");
        }
    }

    private void checkProgramResult(ProgramState state, int register, ReturnRule rule) {
        switch (rule) {
            case ReturnRule.Unchecked unchecked -> {}
            case ReturnRule.AnyNumber any -> checkAnything(state, register);
            case ReturnRule.Between between -> {
                Scalar number = checkNumber(state, register);
                Range allowed = Range.signed(between.minimum(), between.maximum());
                Scalar compared = between.low32() ? signed32(number) : number;
                checkRange(state, register, compared, allowed, "At program exit the register R" + register);
            }
            case ReturnRule.ByMember member -> checkNumber(state, register);
        }
    }

    /** The lower half as the {@code int} that the caller takes it for. */
    private static Scalar signed32(Scalar number) {
        return Scalar.of(Range.signed(number.range().smin32(), number.range().smax32()));
    }

    private Scalar checkNumber(ProgramState state, int register) {
        Value result = Registers.read(state, register);
        if (result instanceof Scalar number) {
            return number;
        }
        if (environment.hidesAddresses()) {
            throw Refusal.ofRegister(Cause.POINTER_LEAK, register, "R" + register + " leaks addr as return value");
        }
        throw Refusal.ofRegister(
                Cause.RETURN_VALUE,
                register,
                "At program exit the register R" + register + " is not a known value (" + typeOf(result) + ")");
    }

    /** Who may see addresses may return one. */
    private void checkAnything(ProgramState state, int register) {
        if (Registers.read(state, register) instanceof Pointer && environment.hidesAddresses()) {
            throw Refusal.ofRegister(Cause.POINTER_LEAK, register, "R" + register + " leaks addr as return value");
        }
    }

    private void checkRange(ProgramState state, int register, Scalar number, Range allowed, String where) {
        environment.paths().markPrecise(state, register);
        if (number.range().smin() < allowed.smin() || number.range().smax() > allowed.smax()) {
            throw Refusal.ofRegister(
                    Cause.RETURN_VALUE, register, outside(where, number.range(), allowed.smin(), allowed.smax()));
        }
    }

    private static String outside(String where, Range range, long minimum, long maximum) {
        boolean known = !range.isUnknown();
        String has = known ? " has smin=" + range.smin() + " smax=" + range.smax() : " has unknown scalar value";
        return where + has + " should have been in [" + minimum + ", " + maximum + "]";
    }
}
