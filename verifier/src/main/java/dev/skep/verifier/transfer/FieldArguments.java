package dev.skep.verifier.transfer;

import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.program.MapDescriptor;
import dev.skep.verifier.program.SpecialField;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import java.util.Optional;

/** Arguments that must point to a certain field of a map's value: timers, kernel pointers, constant strings. */
final class FieldArguments {
    private final Environment environment;

    FieldArguments(Environment environment) {
        this.environment = environment;
    }

    void checkTimer(ProgramState state, int register, CallFacts facts) {
        Pointer pointer = Registers.pointer(state, register);
        if (!pointer.hasConstantOffset()) {
            throw refused(
                    register,
                    "R" + register + " doesn't have constant offset. bpf_timer has to be at the constant offset");
        }
        Region.MapValue value = (Region.MapValue) pointer.region();
        SpecialField field = value.map()
                .field(SpecialField.Kind.TIMER)
                .orElseThrow(() -> refused(register, "map '" + value.map().name() + "' is not a struct type or bpf_timer is mangled"));
        if (pointer.constantOffset() != field.offset()) {
            throw refused(
                    register,
                    "off %d doesn't point to 'struct bpf_timer' that is at %d"
                            .formatted(pointer.constantOffset(), field.offset()));
        }
        facts.map = Optional.of(value.map());
        facts.lookup = value.lookup();
    }

    void checkKptr(ProgramState state, int register, CallFacts facts) {
        Pointer pointer = Registers.pointer(state, register);
        if (!(pointer.region() instanceof Region.MapValue value) || !pointer.hasConstantOffset()) {
            throw refused(register, "R" + register + " doesn't have constant offset. kptr has to be at the constant offset");
        }
        facts.kptr = Optional.of(value.map()
                .fieldAt(pointer.constantOffset())
                .filter(field -> field.kind() == SpecialField.Kind.KPTR_REF
                        || field.kind() == SpecialField.Kind.KPTR_PERCPU)
                .orElseThrow(() -> refused(register, "off=" + pointer.constantOffset() + " doesn't point to kptr")));
    }

    private static Refusal refused(int register, String message) {
        return Refusal.ofRegister(Cause.SPECIAL_FIELD, register, message);
    }

    /** A string that is known now and cannot change: in read-only data, with its terminating zero ({@code check_reg_const_str}). */
    void checkConstantString(ProgramState state, int register) {
        Pointer pointer = Registers.pointer(state, register);
        MapDescriptor map = ((Region.MapValue) pointer.region()).map();
        if (!map.isConstant()) {
            throw string(register, "R" + register + " does not point to a readonly map'");
        }
        if (!pointer.hasConstantOffset()) {
            throw string(register, "R" + register + " is not a constant address'");
        }
        long at = pointer.constantOffset();
        while (at < map.valueSize() && at < map.spec().contents().length() && map.spec().contents().at((int) at) != 0) {
            at++;
        }
        if (at >= map.valueSize()) {
            throw string(register, "string is not zero-terminated");
        }
    }

    private static Refusal string(int register, String message) {
        return Refusal.ofRegister(Cause.HELPER_ARGUMENT, register, message);
    }
}
