package dev.skep.compiler.java;

import java.lang.classfile.Opcode;
import java.util.ArrayList;
import java.util.List;

/** Instructions that only move what is on the operand stack (JVM specification, 6.5). */
final class StackShuffle {
    private StackShuffle() {}

    static void apply(Opcode opcode, Machine machine) {
        switch (opcode) {
            case POP -> machine.pop();
            case POP2 -> words(machine, 2);
            case SWAP -> {
                Operand upper = machine.pop();
                Operand lower = machine.pop();
                machine.push(upper);
                machine.push(lower);
            }
            case DUP -> duplicate(machine, 1, 0);
            case DUP_X1 -> duplicate(machine, 1, 1);
            case DUP_X2 -> duplicate(machine, 1, 2);
            case DUP2 -> duplicate(machine, 2, 0);
            case DUP2_X1 -> duplicate(machine, 2, 1);
            case DUP2_X2 -> duplicate(machine, 2, 2);
            default -> throw new IllegalArgumentException(opcode + " moves nothing");
        }
    }

    /** Puts a copy of the top words below the words under them. */
    private static void duplicate(Machine machine, int count, int below) {
        List<Operand> top = words(machine, count);
        List<Operand> under = words(machine, below);
        top.forEach(machine::push);
        under.forEach(machine::push);
        top.forEach(machine::push);
    }

    /** Takes words from the stack; a {@code long} is two. */
    private static List<Operand> words(Machine machine, int count) {
        List<Operand> taken = new ArrayList<>();
        int words = 0;
        while (words < count) {
            Operand operand = machine.pop();
            taken.addFirst(operand);
            words += operand.isWide() ? 2 : 1;
        }
        return taken;
    }
}
