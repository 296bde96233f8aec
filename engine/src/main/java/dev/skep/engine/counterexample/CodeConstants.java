package dev.skep.engine.counterexample;

import dev.skep.object.image.ProgramImage;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Numbers that stand in a program's code: what it compares with is where its behaviour changes. */
final class CodeConstants {
    /** Numbers that are kept, so that large programs do not have everything tried. */
    private static final int MOST = 64;

    private final List<Long> numbers;
    private final List<Integer> lengths;
    private final Set<Integer> bitTests = new HashSet<>();

    CodeConstants(ProgramImage image) {
        TreeSet<Long> immediates = new TreeSet<>();
        TreeSet<Integer> places = new TreeSet<>();
        int slot = 0;
        for (Instruction instruction : image.instructions()) {
            switch (instruction.instructionClass()) {
                case Opcode.BPF_JMP, Opcode.BPF_JMP32 -> {
                    immediates.add((long) instruction.imm());
                    if ((instruction.opcode() & 0xf0) == Opcode.BPF_JSET) {
                        bitTests.add(slot);
                    }
                }
                case Opcode.BPF_ALU, Opcode.BPF_ALU64 -> {
                    immediates.add((long) instruction.imm());
                    places.add(instruction.imm());
                }
                case Opcode.BPF_LD -> immediates.add((long) instruction.imm());
                default -> places.add(instruction.offset() + 1);
            }
            slot += instruction.slots();
        }
        numbers = immediates.stream().limit(MOST).toList();
        lengths = around(places);
    }

    private static List<Integer> around(Set<Integer> places) {
        TreeSet<Integer> lengths = new TreeSet<>();
        for (int place : places) {
            for (long length = place - 1L; length <= place + 1L; length++) { // as long: place may be the largest int
                if (length >= 0 && length <= RunInput.LONGEST_PACKET) {
                    lengths.add((int) length);
                }
            }
        }
        return new ArrayList<>(lengths).subList(0, Math.min(MOST, lengths.size()));
    }

    /** Immediates, ascending. */
    List<Long> numbers() {
        return numbers;
    }

    /** Lengths of packets at which offsets and constants of the code may begin or end to fit, ascending. */
    List<Integer> lengths() {
        return lengths;
    }

    /** Whether the jump at {@code slot} looks at bits rather than at an order. */
    boolean testsBits(int slot) {
        return bitTests.contains(slot);
    }
}
