package dev.skep.verifier.transfer;

import dev.skep.object.program.HelperId;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.HelperPrototype;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.DynptrKind;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.TypeName;
import dev.skep.verifier.value.Value;

/** Rules for single helpers that no prototype can state. */
final class SpecialHelpers {
    private final Environment environment;
    private final Callbacks callbacks;

    SpecialHelpers(Environment environment, Callbacks callbacks) {
        this.environment = environment;
        this.callbacks = callbacks;
    }

    /** Writing through a dynptr of a packet may move the packet. */
    boolean changesPacket(HelperId helper, CallFacts facts) {
        return helper == HelperId.DYNPTR_WRITE
                && facts.dynptrKind.filter(kind -> kind == DynptrKind.SKB).isPresent();
    }

    void apply(ProgramState state, HelperPrototype helper, CallFacts facts) {
        switch (helper.id()) {
            case TAIL_CALL -> {
                References.checkNothingHeld(state, "tail_call");
                environment.noteTailCall(state.slot(), facts.map.orElseThrow());
                // The other program's end is the end of this function.
                EarlyReturn.fork(state, environment, Scalar.UNKNOWN);
            }
            case GET_LOCAL_STORAGE -> checkNoFlags(state);
            case FOR_EACH_MAP_ELEM, TIMER_SET_CALLBACK, FIND_VMA, LOOP, USER_RINGBUF_DRAIN ->
                callbacks.call(state, helper.id(), facts);
            case DYNPTR_FROM_MEM -> checkDynptrMemory(state);
            case SNPRINTF -> FormatStrings.checkCall(state);
            default -> {}
        }
    }

    private void checkNoFlags(ProgramState state) {
        if (!state.register(2).isZero()) {
            throw Refusal.ofRegister(Cause.HELPER_ARGUMENT, 2, "get_local_storage() doesn't support non-zero flags");
        }
        environment.paths().markPrecise(state, 2);
    }

    private static void checkDynptrMemory(ProgramState state) {
        Value memory = state.register(1);
        boolean mapValue = memory instanceof Pointer pointer && pointer.region() instanceof Region.MapValue;
        if (!mapValue) {
            throw Refusal.ofRegister(
                    Cause.DYNPTR, 1, "Unsupported reg type " + TypeName.of(memory) + " for bpf_dynptr_from_mem data");
        }
    }
}
