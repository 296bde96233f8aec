package dev.skep.verifier.transfer;

import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.ReturnRule;
import dev.skep.verifier.scalar.Range;
import dev.skep.verifier.state.Entry;
import dev.skep.verifier.state.Frame;
import dev.skep.verifier.state.Held;
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
            checkCallbackReleased(state);
            state.leave();
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
                    outside("At callback return", number.range(), callback.returns().smin(), callback.returns().smax()));
        }
    }

    /** A callback runs any number of times: it must give back what it acquires itself, and only that. */
    private static void checkCallbackReleased(ProgramState state) {
        for (Held held : state.held()) {
            if (held.kind() == Held.Kind.REFERENCE && !isOlder(state, held)) {
                throw new Refusal(
                        Cause.REFERENCE,
                        "Unreleased reference id=%d alloc_insn=%d\nBPF_EXIT instruction would lead to reference leak"
                                .formatted(held.id(), held.slot()));
            }
        }
    }

    /** It was held when the callback was entered. */
    private static boolean isOlder(ProgramState state, Held held) {
        return state.frame().heldAtEntry().contains(held);
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
            checkRange(state, number, callback.returns(), "At async callback the register R0");
            return;
        }
        if (frame.entry().function() != 0) {
            checkSubprogramResult(state);
            return;
        }
        checkProgramResult(state, environment.kernel().returnRule(environment.kind(), environment.targetReturnsVoid()));
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

    private void checkProgramResult(ProgramState state, ReturnRule rule) {
        switch (rule) {
            case ReturnRule.Unchecked unchecked -> {}
            case ReturnRule.AnyNumber any -> checkAnything(state);
            case ReturnRule.Between between -> {
                Scalar number = checkNumber(state);
                checkRange(
                        state,
                        number,
                        Range.signed(between.minimum(), between.maximum()),
                        "At program exit the register R0");
            }
            case ReturnRule.ByMember member -> checkNumber(state);
        }
    }

    private Scalar checkNumber(ProgramState state) {
        Value result = Registers.read(state, 0);
        if (result instanceof Scalar number) {
            return number;
        }
        if (environment.unprivileged()) {
            throw Refusal.ofRegister(Cause.POINTER_LEAK, 0, "R0 leaks addr as return value");
        }
        throw Refusal.ofRegister(
                Cause.RETURN_VALUE,
                0,
                "At program exit the register R0 is not a known value (" + typeOf(result) + ")");
    }

    /** Who may see addresses may return one. */
    private void checkAnything(ProgramState state) {
        if (Registers.read(state, 0) instanceof Pointer && environment.unprivileged()) {
            throw Refusal.ofRegister(Cause.POINTER_LEAK, 0, "R0 leaks addr as return value");
        }
    }

    private void checkRange(ProgramState state, Scalar number, Range allowed, String where) {
        environment.paths().markPrecise(state, 0);
        if (number.range().smin() < allowed.smin() || number.range().smax() > allowed.smax()) {
            throw Refusal.ofRegister(
                    Cause.RETURN_VALUE, 0, outside(where, number.range(), allowed.smin(), allowed.smax()));
        }
    }

    private static String outside(String where, Range range, long minimum, long maximum) {
        boolean known = !range.isUnknown();
        String has = known ? " has smin=" + range.smin() + " smax=" + range.smax() : " has unknown scalar value";
        return where + has + " should have been in [" + minimum + ", " + maximum + "]";
    }
}
