package dev.skep.verifier.transfer;

import dev.skep.object.program.HelperId;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.program.MapDescriptor;
import dev.skep.verifier.program.SpecialField;
import dev.skep.verifier.scalar.Range;
import dev.skep.verifier.state.Entry;
import dev.skep.verifier.state.Frame;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.DynptrKind;
import dev.skep.verifier.value.KernelType;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.Trust;
import dev.skep.verifier.value.Value;
import java.util.Optional;

/**
 * Functions of the program that the kernel calls back ({@code push_callback_call}). A path into the callback is put aside, and the current one
 * goes on as if it had never been called; when the callback returns, the call is visited again, so that any number of rounds is
 * followed.
 */
final class Callbacks {
    private static final Range ANY_INT =
            Range.signed(Integer.MIN_VALUE, Integer.MAX_VALUE).normalized();
    private static final Range ZERO = Range.of(0);
    private static final Range ZERO_OR_ONE = Range.unsigned(0, 1);

    private final Environment environment;

    Callbacks(Environment environment) {
        this.environment = environment;
    }

    void call(ProgramState state, HelperId helper, CallFacts facts) {
        int function = facts.callback.orElseThrow(
                () -> new Refusal(Cause.CALLBACK, "func " + facts.label() + " is given no function"));
        switch (helper) {
            case LOOP -> loop(state, function, facts);
            case FOR_EACH_MAP_ELEM -> forEach(state, function, facts);
            case FIND_VMA -> findVma(state, function, facts);
            case USER_RINGBUF_DRAIN -> drain(state, function, facts);
            case TIMER_SET_CALLBACK -> timer(state, function, facts);
            default -> throw new IllegalStateException(facts.label() + " calls nothing back");
        }
    }

    private void loop(ProgramState state, int function, CallFacts facts) {
        if (!(state.register(1) instanceof Scalar rounds)) {
            throw Refusal.ofRegister(Cause.HELPER_ARGUMENT, 1, "R1 is not a number of rounds");
        }
        environment.paths().markPrecise(state, 1);
        if (Long.compareUnsigned(state.frame().callbackDepth(), rounds.range().umax()) >= 0) {
            state.frame().resetCallbacks();
            return;
        }
        Frame callee = prepare(state, function, facts, true, ZERO_OR_ONE);
        callee.set(1, Scalar.UNKNOWN);
        callee.set(2, state.register(3));
        enter(state, callee);
    }

    private void forEach(ProgramState state, int function, CallFacts facts) {
        MapDescriptor map = facts.map.orElseThrow();
        Frame callee = prepare(state, function, facts, true, ZERO_OR_ONE);
        callee.set(1, state.register(1));
        callee.set(2, Pointer.to(new Region.MapKey(map)));
        callee.set(
                3,
                Pointer.to(new Region.MapValue(map, facts.lookup))
                        .withId(environment.paths().newId()));
        callee.set(4, state.register(3));
        enter(state, callee);
    }

    private void findVma(ProgramState state, int function, CallFacts facts) {
        Frame callee = prepare(state, function, facts, true, ZERO_OR_ONE);
        callee.set(1, state.register(1));
        Value area = KernelTypes.named(environment, "vm_area_struct")
                .<Value>map(type -> Pointer.to(Region.KernelObject.of(type, Trust.WALKED)))
                .orElse(Scalar.UNKNOWN);
        callee.set(2, area);
        callee.set(3, state.register(4));
        enter(state, callee);
    }

    private void drain(ProgramState state, int function, CallFacts facts) {
        Frame callee = prepare(state, function, facts, true, ZERO_OR_ONE);
        callee.set(
                1,
                Pointer.to(new Region.ConstDynptr(
                        DynptrKind.LOCAL, environment.paths().newId())));
        callee.set(2, state.register(3));
        enter(state, callee);
    }

    private void timer(ProgramState state, int function, CallFacts facts) {
        later(
                state,
                function,
                new Entry.Callback(false, facts.name, ZERO, false),
                facts.map.orElseThrow(),
                facts.lookup,
                false);
    }

    /** {@code bpf_wq_set_callback}: the callback gets what a timer's gets, and may sleep. */
    void workQueue(ProgramState state, KernelFunctionFacts facts) {
        later(state, facts, ZERO);
    }

    /** {@code bpf_task_work_schedule_signal} and its kin: the callback gets what a timer's gets, and may sleep. */
    void taskWork(ProgramState state, KernelFunctionFacts facts) {
        later(state, facts, ANY_INT);
    }

    private void later(ProgramState state, KernelFunctionFacts facts, Range returns) {
        MapDescriptor map = facts.map.orElseThrow(
                () -> new Refusal(Cause.CALLBACK, facts.callee.name() + " is given no place in a map"));
        Entry.Callback callback = new Entry.Callback(false, facts.callee.name(), returns, false);
        later(state, facts.callback.orElseThrow(), callback, map, facts.lookup, true);
    }

    /** The callback runs some time later, with a map, and a key and value of it. */
    private void later(
            ProgramState state,
            int function,
            Entry.Callback callback,
            MapDescriptor map,
            int lookup,
            boolean sleepable) {
        int serial = state.frame().entry().serial() + 1;
        Frame callee = new Frame(0, new Entry(function, -1, Optional.of(callback), serial));
        callee.set(1, Pointer.to(new Region.MapObject(map, lookup)));
        callee.set(2, Pointer.to(new Region.MapKey(map)));
        callee.set(
                3,
                Pointer.to(new Region.MapValue(map, lookup))
                        .withId(environment.paths().newId()));
        startLater(state, callee, sleepable);
    }

    /** {@code bpf_rbtree_add}: the callback compares two nodes, which it does not own. */
    void less(ProgramState state, KernelFunctionFacts facts) {
        SpecialField root = facts.root.orElseThrow();
        KernelType type = facts.object.orElseThrow();
        Frame callee =
                prepare(state, facts.callback.orElseThrow(), new CallFacts(facts.callee.name(), 0), true, ZERO_OR_ONE);
        Region.KernelObject object = new Region.KernelObject(type, Trust.WALKED, true, false, false, false);
        Pointer node = Pointer.to(Graphs.nonOwning(environment, object)).withOffset(root.targetOffset());
        callee.set(1, node.withId(environment.paths().newId()));
        callee.set(2, node.withId(environment.paths().newId()));
        enter(state, callee);
    }

    /** The path is inside a callback that compares nodes of a tree. */
    static boolean isInTreeCallback(ProgramState state) {
        return state.frame()
                .entry()
                .callback()
                .filter(callback -> callback.name().startsWith("bpf_rbtree_"))
                .isPresent();
    }

    /** @param sleepable the callback may sleep, as a work queue's may */
    void startLater(ProgramState state, Frame callee, boolean sleepable) {
        ProgramState later = new ProgramState(
                callee,
                environment.code().functions().get(callee.entry().function()).start(),
                sleepable);
        later.beginAfter(state);
        environment.callLater(callee.entry().function());
        environment.paths().fork(later);
    }

    Frame prepare(ProgramState state, int function, CallFacts facts, boolean synchronous, Range returns) {
        if (state.frameCount() >= ProgramState.MAX_FRAMES) {
            throw new Refusal(Cause.STACK_SIZE, "the call stack of " + state.frameCount() + " frames is too deep");
        }
        Entry.Callback callback = new Entry.Callback(synchronous, facts.name, returns, false);
        return new Frame(state.frameCount(), new Entry(function, state.slot(), Optional.of(callback), 0));
    }

    /** Puts a path aside that goes through the callback; this one goes on behind the call. */
    void enter(ProgramState state, Frame callee) {
        ProgramState called = state.copy();
        called.frame().enterCallback();
        called.countCallbackUnroll();
        called.enter(callee);
        called.jumpTo(
                environment.code().functions().get(callee.entry().function()).start());
        environment.paths().fork(called);
        state.frame().resetCallbacks();
    }
}
