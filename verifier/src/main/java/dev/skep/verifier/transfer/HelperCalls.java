package dev.skep.verifier.transfer;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.program.HelperId;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.ArgumentType;
import dev.skep.verifier.kernel.Capability;
import dev.skep.verifier.kernel.HelperLookup;
import dev.skep.verifier.kernel.HelperPrototype;
import dev.skep.verifier.kernel.HelperTrait;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.state.Frame;
import dev.skep.verifier.state.Held;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.state.StackObject;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Uninitialized;
import dev.skep.verifier.value.Value;
import java.util.List;
import java.util.Set;

/** Calls of helpers: who may call them, what they take and what they leave ({@code check_helper_call}). */
final class HelperCalls {
    private final Environment environment;
    private final HelperArguments arguments;
    private final HelperMemory memory;
    private final HelperResults results;
    private final SpecialHelpers special;
    private final References references;

    HelperCalls(Environment environment, Memory accesses, Callbacks callbacks, References references) {
        this.environment = environment;
        this.references = references;
        memory = new HelperMemory(environment, accesses);
        arguments = new HelperArguments(environment, accesses, memory, references);
        results = new HelperResults(environment);
        special = new SpecialHelpers(environment, callbacks);
    }

    void call(ProgramState state, Instruction instruction) {
        HelperPrototype helper = find(instruction.imm(), state.slot());
        environment.use(helper.id());
        KernelModel.since(helper.id(), environment.kind())
                .ifPresent(since -> environment.require(helper.id().functionName() + "()", since, state.slot()));
        checkLicense(helper);
        checkSleeping(state, helper);
        CallFacts facts = new CallFacts(helper.id().functionName(), helper.id().number());
        List<ArgumentType> types = helper.arguments();
        for (int i = 0; i < types.size(); i++) {
            arguments.check(state, helper, i, facts);
        }
        MapRules.checkCall(environment, facts, helper.id());
        MapRules.checkWrites(facts, helper.id());
        memory.fill(state, facts);
        references.release(state, facts, helper);
        boolean changesPacket = helper.is(HelperTrait.CHANGES_PACKET_DATA) || special.changesPacket(helper.id(), facts);
        special.apply(state, helper, facts);
        Value result = results.of(state, helper, facts);
        forgetScratch(state);
        state.set(0, result);
        if (changesPacket) {
            forgetPackets(state, environment);
        }
    }

    private HelperPrototype find(int number, int slot) {
        String label = HelperId.of(number).map(HelperId::functionName).orElse("unknown") + "#" + number;
        return switch (environment.kernel().helper(number, environment.kind())) {
            case HelperLookup.Available available -> allowed(available.prototype(), label);
            case HelperLookup.Unknown unknown -> throw new Refusal(Cause.TOO_NEW, "invalid func " + label);
            case HelperLookup.TooNew later ->
                throw environment.tooNew(
                        later.id().functionName() + "()", later.since(), slot, "invalid func unknown#" + number);
            case HelperLookup.NotForProgram other -> throw notForProgram(label);
            case HelperLookup.NotForTarget target ->
                throw new Refusal(Cause.POLICY, "helper call is not allowed in probe");
        };
    }

    private HelperPrototype allowed(HelperPrototype helper, String label) {
        boolean refused = environment
                .structOpsMember()
                .filter(ops -> !ops.mayCall(helper.id()))
                .isPresent();
        if (refused) {
            throw notForProgram(label);
        }
        Set<Capability> missing = environment.options().missing(helper.needed());
        if (!missing.isEmpty()) {
            throw Refusal.lacking(
                    helper.id().functionName() + "()",
                    missing,
                    notForProgram(label).message());
        }
        return helper;
    }

    private static Refusal notForProgram(String label) {
        return new Refusal(Cause.POLICY, "program of this type cannot use helper " + label);
    }

    private void checkLicense(HelperPrototype helper) {
        if (helper.is(HelperTrait.GPL_ONLY)
                && !Licenses.isGplCompatible(environment.code().object().license())) {
            throw new Refusal(Cause.LICENSE, "cannot call GPL-restricted function from non-GPL compatible program");
        }
    }

    private void checkSleeping(ProgramState state, HelperPrototype helper) {
        if (!helper.is(HelperTrait.MIGHT_SLEEP)) {
            return;
        }
        if (!state.sleepable()) {
            throw new Refusal(Cause.SLEEPING, "helper call might sleep in a non-sleepable prog");
        }
        String label = helper.id().functionName() + "#" + helper.id().number();
        if (state.rcuDepth() > 0) {
            throw new Refusal(Cause.SLEEPING, "sleepable helper " + label + " in rcu_read_lock region");
        }
        if (state.preemptDepth() > 0) {
            throw new Refusal(Cause.SLEEPING, "sleepable helper " + label + " in non-preemptible region");
        }
        if (state.held().stream().anyMatch(held -> held.kind() == Held.Kind.IRQ)) {
            throw new Refusal(Cause.SLEEPING, "sleepable helper " + label + " in IRQ-disabled region");
        }
    }

    /** Registers that a call does not keep. */
    static void forgetScratch(ProgramState state) {
        for (int r = 0; r <= 5; r++) {
            state.set(r, Uninitialized.INSTANCE);
        }
    }

    /** The packet may have moved: pointers into it, and slices of dynptrs over it, are worth nothing ({@code clear_all_pkt_pointers}). */
    static void forgetPackets(ProgramState state, Environment environment) {
        Value forgotten = environment.forgotten();
        state.replaceValues(value -> pointsIntoPacket(state, value) ? forgotten : value);
    }

    private static boolean pointsIntoPacket(ProgramState state, Value value) {
        if (!(value instanceof Pointer pointer)) {
            return false;
        }
        return switch (pointer.region()) {
            case Region.Packet packet -> true;
            case Region.Memory memory -> memory.dynptr() != 0 && isPacketDynptr(state, memory.dynptr());
            default -> false;
        };
    }

    private static boolean isPacketDynptr(ProgramState state, int id) {
        for (int depth = 0; depth < state.frameCount(); depth++) {
            Frame frame = state.frame(depth);
            for (int i = 0; i < frame.stackSlots(); i++) {
                if (frame.slot(i).object().orElse(null) instanceof StackObject.Dynptr dynptr && dynptr.id() == id) {
                    return dynptr.kind().isPacket();
                }
            }
        }
        return false;
    }
}
