package dev.skep.verifier.transfer;

import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.program.MapDescriptor;
import dev.skep.verifier.program.SpecialField;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Value;
import java.util.Optional;

/** Arguments that must point to a certain field of a map's value: timers, kernel pointers, constant strings. */
final class FieldArguments {
    /** A map is passed; if an earlier argument lies in a map's value, it must be that map. */
    void noteMap(Value value, int register, KernelFunctionFacts facts) {
        boolean kernelMap = value instanceof Pointer any && any.region() instanceof Region.KernelObject;
        if (kernelMap) {
            return; // its type is looked at as any object's
        }
        if (!(value instanceof Pointer pointer) || !(pointer.region() instanceof Region.MapObject object)) {
            throw refused(register, "pointer in R" + register + " isn't map pointer");
        }
        boolean bound =
                object.map().has(SpecialField.Kind.WORKQUEUE) || object.map().has(SpecialField.Kind.TASK_WORK);
        if (facts.map.isPresent() && bound) {
            boolean same = facts.map.get().equals(object.map()) && facts.lookup == object.lookup();
            if (!same) {
                boolean work = object.map().has(SpecialField.Kind.TASK_WORK);
                throw refused(
                        register,
                        "%s pointer in R%d map_uid=%d doesn't match map pointer in R%d map_uid=%d"
                                .formatted(
                                        work ? "bpf_task_work" : "workqueue",
                                        register - 1,
                                        facts.lookup,
                                        register,
                                        object.lookup()));
            }
        }
        facts.map = Optional.of(object.map());
        facts.lookup = object.lookup();
    }

    /** A work queue or task work: at its place in a map's value ({@code check_map_field_pointer}). */
    void inMap(ProgramState state, int index, SpecialField.Kind kind, KernelFunctionFacts facts) {
        int register = index + 1;
        if (!(state.register(register) instanceof Pointer pointer)
                || !(pointer.region() instanceof Region.MapValue value)
                || pointer.maybeNull()) {
            throw refused(register, "arg#" + index + " doesn't point to a map value");
        }
        String name = kind.typeName();
        if (!pointer.hasConstantOffset()) {
            throw refused(
                    register,
                    "R%d doesn't have constant offset. %s has to be at the constant offset".formatted(register, name));
        }
        SpecialField field = value.map()
                .field(kind)
                .orElseThrow(() -> refused(register, "map '" + value.map().name() + "' has no valid " + name));
        if (pointer.constantOffset() != field.offset()) {
            throw refused(
                    register,
                    "off %d doesn't point to 'struct %s' that is at %d"
                            .formatted(pointer.constantOffset(), name, field.offset()));
        }
        facts.map = Optional.of(value.map());
        facts.lookup = value.lookup();
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
                .orElseThrow(() -> refused(
                        register, "map '" + value.map().name() + "' is not a struct type or bpf_timer is mangled"));
        if (pointer.constantOffset() != field.offset()) {
            throw refused(
                    register,
                    "off %d doesn't point to 'struct bpf_timer' that is at %d"
                            .formatted(pointer.constantOffset(), field.offset()));
        }
        facts.map = Optional.of(value.map());
        facts.lookup = value.lookup();
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
        while (at < map.valueSize()
                && at < map.spec().contents().length()
                && map.spec().contents().at((int) at) != 0) {
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
