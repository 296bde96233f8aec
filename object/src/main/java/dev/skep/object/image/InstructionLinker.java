package dev.skep.object.image;

import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.program.ExternSpec;
import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes the functions of a program one behind the other, with their references put into the instructions. */
final class InstructionLinker {
    private final BpfObject object;
    private final Map<Integer, Integer> slotByFunction;
    private final List<Instruction> code = new ArrayList<>();

    /** @param slotByFunction where in the program each function starts */
    InstructionLinker(BpfObject object, Map<Integer, Integer> slotByFunction) {
        this.object = object;
        this.slotByFunction = slotByFunction;
    }

    Instructions instructions() {
        return Instructions.of(code);
    }

    /** Appends {@code body}, the code of {@code function}, which starts at {@code start} of the program. */
    void append(FunctionSpec function, Instructions body, int start) {
        Map<Integer, Reference> references = new HashMap<>();
        for (Reference reference : function.references()) {
            if (!body.startsAt(reference.slot()) || references.put(reference.slot(), reference) != null) {
                throw wrong(function, reference.slot(), "a reference meets no instruction of its own", "");
            }
        }
        int slot = 0;
        for (Instruction instruction : body) {
            checkJump(function, body, slot, instruction);
            Reference reference = references.get(slot);
            code.add(reference == null ? instruction : link(function, instruction, reference, start + slot));
            slot += instruction.slots();
        }
    }

    private Instruction link(FunctionSpec function, Instruction instruction, Reference reference, int slot) {
        boolean isCall = reference instanceof Reference.Call || reference instanceof Reference.KernelFunctionCall;
        if (instruction.opcode() != (isCall ? Opcode.CALL : Opcode.LDDW)) {
            throw wrong(
                    function,
                    reference.slot(),
                    "opcode 0x" + Integer.toHexString(instruction.opcode()) + " cannot refer to anything",
                    "only call and lddw can");
        }
        int dst = instruction.dstReg();
        return switch (reference) {
            case Reference.Call call -> call(Opcode.BPF_PSEUDO_CALL, distance(call.function(), slot));
            case Reference.KernelFunctionCall call -> call(Opcode.BPF_PSEUDO_KFUNC_CALL, 0);
            // The upper half stays 0 even for a function further up.
            case Reference.FunctionAddress address ->
                Instruction.lddw(dst, Opcode.BPF_PSEUDO_FUNC, distance(address.function(), slot) & 0xffff_ffffL);
            // The upper half is no part of the reference: it should be 0, and whoever takes the program checks that.
            case Reference.Map map ->
                Instruction.lddw(dst, Opcode.BPF_PSEUDO_MAP_FD, (long) instruction.nextImm() << Integer.SIZE);
            case Reference.MapValue value -> mapValue(dst, value.offset());
            case Reference.ArenaVariable variable -> mapValue(dst, variable.offset());
            case Reference.ExternVariable variable ->
                switch (object.externs().get(variable.extern())) {
                    case ExternSpec.Kconfig kconfig -> mapValue(dst, kconfig.offset());
                    case ExternSpec.KernelVariable kernel ->
                        Instruction.lddw(dst, kernel.typeId() == 0 ? 0 : Opcode.BPF_PSEUDO_BTF_ID, 0);
                    case ExternSpec.KernelFunction kernel -> Instruction.lddw(dst, Opcode.BPF_PSEUDO_BTF_ID, 0);
                };
        };
    }

    private int distance(int function, int slot) {
        return Objects.requireNonNull(slotByFunction.get(function)) - slot - 1;
    }

    private static Instruction call(int pseudo, int imm) {
        return Instruction.of(Opcode.CALL, 0, pseudo, 0, imm);
    }

    private static Instruction mapValue(int dst, int offset) {
        return Instruction.lddw(dst, Opcode.BPF_PSEUDO_MAP_VALUE, (long) offset << 32);
    }

    private void checkJump(FunctionSpec function, Instructions body, int slot, Instruction instruction) {
        int jumpClass = instruction.instructionClass();
        boolean isJump = (jumpClass == Opcode.BPF_JMP || jumpClass == Opcode.BPF_JMP32)
                && (instruction.opcode() & 0xf0) != Opcode.BPF_CALL
                && (instruction.opcode() & 0xf0) != Opcode.BPF_EXIT;
        if (!isJump) {
            return;
        }
        long distance = instruction.opcode() == Opcode.GOTOL ? instruction.imm() : instruction.offset();
        long target = slot + 1 + distance;
        if (target < 0 || target >= body.slotCount() || !body.startsAt((int) target)) {
            throw new StrayJumpException(where(function, slot), target);
        }
    }

    private InputException wrong(FunctionSpec function, int slot, String problem, String advice) {
        return new InputException(where(function, slot), problem, advice);
    }

    private Location where(FunctionSpec function, int slot) {
        Location where = Location.in(object.name())
                .section(function.section() + ", function " + function.name())
                .instruction(slot);
        String line = function.lines().stream()
                .filter(l -> l.slot() <= slot)
                .reduce((before, after) -> after)
                .map(l -> l.file() + ":" + l.line() + ":" + l.column())
                .orElse("");
        return where.line(line);
    }
}
