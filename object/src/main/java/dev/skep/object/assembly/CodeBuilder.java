package dev.skep.object.assembly;

import dev.skep.object.assembly.ParsedInstruction.Target;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Code being put together: instructions in order, and labels. Slots count from its start. */
final class CodeBuilder {
    /** An instruction, the slot it starts at and the line it stands on. */
    record Placed(int slot, ParsedInstruction parsed, SourceLine line) {}

    private final List<Placed> placed = new ArrayList<>();
    private final Map<String, Integer> labels = new TreeMap<>();
    private int slots;

    void add(ParsedInstruction parsed, SourceLine line) {
        placed.add(new Placed(slots, parsed, line));
        slots += parsed.instruction().slots();
    }

    /** Names the place of the next instruction. */
    void label(Token name) throws Mistake {
        if (labels.putIfAbsent(name.text(), slots) != null) {
            throw new Mistake(name, "the label " + name.text() + " stands here a second time", "give it another name");
        }
    }

    List<Placed> placed() {
        return placed;
    }

    /** The slot each label stands for, by name. */
    Map<String, Integer> labels() {
        return labels;
    }

    int slots() {
        return slots;
    }

    /** The last instruction added, if any was, to be replaced with another. */
    Placed last() {
        return placed.getLast();
    }

    void replaceLast(ParsedInstruction parsed) {
        Placed last = placed.removeLast();
        placed.add(new Placed(last.slot, parsed, last.line));
    }

    boolean isEmpty() {
        return placed.isEmpty();
    }

    /** The jump with its distance filled in. */
    Instruction jump(Placed from, Target.Jump target) throws Mistake {
        Integer to = labels.get(target.name().text());
        if (to == null) {
            throw new Mistake(
                    target.name(),
                    "there is no label " + target.name().text(),
                    NearestName.advice(
                            target.name().text(), labels.keySet(), "labels are seen in their function only"));
        }
        Instruction jump = from.parsed().instruction();
        int distance = distance(from.slot(), to);
        if (jump.opcode() == Opcode.GOTOL) {
            return jump.withImm(distance);
        }
        if (distance != (short) distance) {
            throw new Mistake(
                    target.name(),
                    target.name().text() + " is " + distance + " slots away, too far for 16 bits",
                    "jump there with gotol");
        }
        return Instruction.of(jump.opcode(), jump.dstReg(), jump.srcReg(), distance, jump.imm());
    }

    /** Jumps, calls and function addresses count from the slot after the instruction's first. */
    static int distance(int from, int to) {
        return to - from - 1;
    }
}
