package dev.skep.verifier.transfer;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.map.MapType;
import dev.skep.object.program.ExternSpec;
import dev.skep.object.program.Reference;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.program.MapDescriptor;
import dev.skep.verifier.program.Subprogram;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.Value;
import java.util.Optional;

/** {@code lddw}: numbers, maps, globals, functions, variables of the kernel ({@code check_ld_imm}). */
final class Constants {
    private final Environment environment;
    private final KernelVariables variables;

    Constants(Environment environment) {
        this.environment = environment;
        variables = new KernelVariables(environment);
    }

    void load(ProgramState state, Instruction instruction) {
        Registers.checkWritable(instruction.dstReg());
        Optional<Reference> reference = environment.code().reference(state.slot());
        Value value = reference.isPresent() ? referred(reference.get(), instruction) : plain(state.slot(), instruction);
        state.set(instruction.dstReg(), value);
    }

    private Value referred(Reference reference, Instruction instruction) {
        return switch (reference) {
            case Reference.Map map -> mapObject(map, instruction);
            case Reference.MapValue value -> mapValue(value.map(), value.offset());
            case Reference.ArenaVariable variable -> Pointer.to(new Region.Arena());
            case Reference.ExternVariable variable -> extern(variable);
            case Reference.KernelFunctionCall call -> Scalar.constant(instruction.imm64());
            case Reference.Call call -> Scalar.constant(instruction.imm64());
            case Reference.FunctionAddress address -> Scalar.constant(instruction.imm64());
        };
    }

    private Value mapObject(Reference.Map map, Instruction instruction) {
        if (instruction.nextImm() != 0) {
            throw new Refusal(Cause.INVALID_INSTRUCTION, "unrecognized bpf_ld_imm64 insn");
        }
        return Pointer.to(new Region.MapObject(environment.map(map.map()), 0));
    }

    private Value extern(Reference.ExternVariable variable) {
        return switch (environment.code().object().externs().get(variable.extern())) {
            case ExternSpec.Kconfig kconfig -> mapValue(".kconfig", kconfig.offset());
            case ExternSpec.KernelVariable kernel -> variables.address(kernel);
            case ExternSpec.KernelFunction function -> variables.address(function);
        };
    }

    private Value mapValue(String name, int offset) {
        MapDescriptor map = environment.map(name);
        if (Integer.compareUnsigned(offset, Pointer.MAX_OFFSET) >= 0) {
            throw new Refusal(
                    Cause.MAP_VALUE_BOUNDS,
                    "direct value offset of " + Integer.toUnsignedString(offset) + " is not allowed");
        }
        if (map.type() == MapType.ARENA) {
            return Pointer.to(new Region.Arena());
        }
        if (map.type() != MapType.ARRAY || map.spec().maxEntries() != 1) {
            throw new Refusal(
                    Cause.POLICY, "direct value access is for arrays of one element, map " + name + " is none");
        }
        if (offset >= map.valueSize()) {
            throw new Refusal(
                    Cause.MAP_VALUE_BOUNDS,
                    "invalid access to map value pointer, value_size=" + map.valueSize() + " off=" + offset);
        }
        return Pointer.to(new Region.MapValue(map, 0)).withOffset(offset);
    }

    private Value plain(int slot, Instruction instruction) {
        return switch (instruction.srcReg()) {
            case 0 -> Scalar.constant(instruction.imm64());
            case Opcode.BPF_PSEUDO_FUNC -> function(slot);
            default ->
                throw new Refusal(
                        Cause.INVALID_INSTRUCTION, "insn " + slot + " refers to something the program does not name");
        };
    }

    private Value function(int slot) {
        Subprogram function = environment
                .code()
                .functionAt(environment.code().functionTarget(slot))
                .orElseThrow(() -> new Refusal(Cause.CONTROL_FLOW, "func_addr of insn " + slot + " is no function"));
        if (function.isGlobal()) {
            throw new Refusal(Cause.CALLBACK, "callback function not static");
        }
        return Pointer.to(new Region.FunctionAddress(function.index()));
    }
}
