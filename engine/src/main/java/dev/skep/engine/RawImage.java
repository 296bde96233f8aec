package dev.skep.engine;

import dev.skep.object.image.ProgramImage;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.ProgramType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** A program that is nothing but instructions: functions start where something calls them or takes their address. */
final class RawImage {
    private RawImage() {}

    /** The program as given, of no type. */
    static ProgramImage of(String name, Instructions instructions) {
        ProgramSpec spec =
                new ProgramSpec(name, "", ProgramType.UNSPEC, Optional.empty(), Optional.empty(), true, 0, 0);
        TreeSet<Integer> starts = new TreeSet<>(List.of(0));
        int slot = 0;
        for (Instruction instruction : instructions) {
            long target = slot + 1L + instruction.imm();
            if (namesFunction(instruction) && target == (int) target && instructions.startsAt((int) target)) {
                starts.add((int) target);
            }
            slot += instruction.slots();
        }
        List<ProgramImage.FunctionStart> functions = new ArrayList<>();
        starts.forEach(start -> functions.add(new ProgramImage.FunctionStart(functions.size(), start, name)));
        return new ProgramImage(spec, instructions, List.of(), functions, List.of());
    }

    /** The program with function addresses that start at {@code text}. */
    static ProgramImage withAddresses(ProgramImage image, long text) {
        List<Instruction> filled = new ArrayList<>();
        int slot = 0;
        for (Instruction instruction : image.instructions()) {
            boolean known = instruction.isWide()
                    && instruction.srcReg() == Opcode.BPF_PSEUDO_FUNC
                    && image.instructions().startsAt(slot + 1 + instruction.imm());
            filled.add(known ? instruction.withPseudo(0, text + 8 * (slot + 1L + instruction.imm())) : instruction);
            slot += instruction.slots();
        }
        return new ProgramImage(
                image.spec(), Instructions.of(filled), image.references(), image.functions(), image.lines());
    }

    private static boolean namesFunction(Instruction instruction) {
        return instruction.isWide()
                ? instruction.srcReg() == Opcode.BPF_PSEUDO_FUNC
                : instruction.opcode() == Opcode.CALL && instruction.srcReg() == Opcode.BPF_PSEUDO_CALL;
    }
}
