package dev.skep.verifier.repair;

import dev.skep.object.image.ProgramImage;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.Reference;
import dev.skep.verifier.program.ControlFlow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Inserts and replaces instructions of a program put together. Whatever counts slots moves along: jumps, calls, addresses of
 * functions, where functions start, source lines, references.
 *
 * <p>All slots are those of the program before any change. Jumps among inserted instructions count from one to the other as usual; a
 * jump to the end of what is inserted goes on with what follows it.
 */
final class CodeEditor {
    private final ProgramImage image;
    private final Map<Integer, List<Instruction>> before = new HashMap<>();
    private final Map<Integer, List<Instruction>> after = new HashMap<>();
    private final Map<Integer, List<Instruction>> instead = new HashMap<>();
    private final TreeMap<Integer, List<Instruction>> onJump = new TreeMap<>();

    CodeEditor(ProgramImage image) {
        this.image = image;
    }

    /** Inserts before the instruction at {@code slot}, also for who jumps there. What was inserted there earlier stays before it. */
    void before(int slot, List<Instruction> added) {
        before.computeIfAbsent(slot, none -> new ArrayList<>()).addAll(added);
    }

    /** Inserts between the instruction at {@code slot} and the next: who jumps to the next passes by. */
    void after(int slot, List<Instruction> added) {
        after.computeIfAbsent(slot, none -> new ArrayList<>()).addAll(added);
    }

    /** Inserts on the way that the conditional jump at {@code slot} takes when it jumps: who comes from elsewhere passes by. */
    void onJump(int slot, List<Instruction> added) {
        onJump.computeIfAbsent(slot, none -> new ArrayList<>()).addAll(added);
    }

    /**
     * Puts {@code those} in the place of the instruction at {@code slot}. A single jump or call has its distance in the slots of the
     * program before any change.
     */
    void instead(int slot, List<Instruction> those) {
        instead.put(slot, List.copyOf(those));
    }

    /** The changed program; empty if a jump would become too long for its offset. */
    Optional<EditedImage> edited() {
        Layout layout = new Layout();
        List<Instruction> code = new ArrayList<>();
        int slot = 0;
        for (Instruction original : image.instructions()) {
            code.addAll(before.getOrDefault(slot, List.of()));
            List<Instruction> kept = instead.getOrDefault(slot, List.of(original));
            if (kept.size() == 1) {
                Optional<Instruction> moved = layout.moved(kept.getFirst(), slot);
                if (moved.isEmpty()) {
                    return Optional.empty();
                }
                code.add(moved.get());
            } else {
                code.addAll(kept);
            }
            code.addAll(after.getOrDefault(slot, List.of()));
            slot += original.slots();
            for (int jump : layout.detoursBefore(slot)) {
                Optional<Instruction> back = layout.back(jump);
                if (back.isEmpty()) {
                    return Optional.empty();
                }
                code.addAll(onJump.getOrDefault(jump, List.of()));
                code.add(back.get());
            }
        }
        return Optional.of(new EditedImage(moved(Instructions.of(code), layout), layout.origins(), changes()));
    }

    /** What was changed, in the order of the program. */
    private List<EditedImage.Change> changes() {
        List<EditedImage.Change> changes = new ArrayList<>();
        for (int slot = 0; slot < image.instructions().slotCount(); slot++) {
            if (before.containsKey(slot)) {
                changes.add(new EditedImage.Change(slot, before.get(slot), false));
            }
            if (instead.containsKey(slot)) {
                changes.add(new EditedImage.Change(slot, instead.get(slot), true));
            }
            if (onJump.containsKey(slot)) {
                int target = ControlFlow.jumpTarget(image.instructions().at(slot), slot);
                changes.add(new EditedImage.Change(target, onJump.get(slot), false));
            }
            if (after.containsKey(slot)) {
                int next = slot + image.instructions().at(slot).slots();
                changes.add(new EditedImage.Change(next, after.get(slot), false));
            }
        }
        return changes;
    }

    private ProgramImage moved(Instructions code, Layout layout) {
        List<Reference> references = image.references().stream()
                .filter(reference -> !instead.containsKey(reference.slot()))
                .map(reference -> reference.at(layout.instruction[reference.slot()]))
                .toList();
        List<ProgramImage.FunctionStart> functions = image.functions().stream()
                .map(f -> new ProgramImage.FunctionStart(f.function(), layout.start[f.slot()], f.name()))
                .toList();
        List<FunctionSpec.Line> lines = image.lines().stream()
                .map(line -> new FunctionSpec.Line(
                        layout.start[line.slot()], line.file(), line.line(), line.column(), line.text()))
                .toList();
        return new ProgramImage(image.spec(), code, references, functions, lines);
    }

    private static int slots(List<Instruction> instructions) {
        return instructions.stream().mapToInt(Instruction::slots).sum();
    }

    /** Where everything goes. */
    private final class Layout {
        /** By old slot, the new slot where what is inserted before it begins; one more for the end. */
        private final int[] start;

        /** By old slot, the new slot of the instruction itself. */
        private final int[] instruction;

        /** By old slot of a jump, the new slot of what is inserted on its way. */
        private final Map<Integer, Integer> detours = new HashMap<>();

        private final int end;

        Layout() {
            Instructions old = image.instructions();
            start = new int[old.slotCount() + 1];
            instruction = new int[old.slotCount() + 1];
            int at = 0;
            int slot = 0;
            for (Instruction each : old) {
                start[slot] = at;
                instruction[slot] = at + slots(before.getOrDefault(slot, List.of()));
                at = instruction[slot]
                        + slots(instead.getOrDefault(slot, List.of(each)))
                        + slots(after.getOrDefault(slot, List.of()));
                if (each.isWide()) {
                    start[slot + 1] = instruction[slot] + 1;
                    instruction[slot + 1] = instruction[slot] + 1;
                }
                slot += each.slots();
                for (int jump : detoursBefore(slot)) {
                    detours.put(jump, at);
                    at += slots(onJump.getOrDefault(jump, List.of())) + 1;
                }
            }
            start[slot] = at;
            instruction[slot] = at;
            end = at;
        }

        /** Jumps of the function that ends at {@code slot} with something inserted on their way: it follows the function's code. */
        List<Integer> detoursBefore(int slot) {
            if (onJump.isEmpty() || !(slot == image.instructions().slotCount() || startsFunction(slot))) {
                return List.of();
            }
            int first = image.functions().stream()
                    .mapToInt(ProgramImage.FunctionStart::slot)
                    .filter(function -> function < slot)
                    .max()
                    .orElse(0);
            return List.copyOf(onJump.subMap(first, slot).keySet());
        }

        private boolean startsFunction(int slot) {
            return image.functions().stream().anyMatch(function -> function.slot() == slot);
        }

        /** The jump from the end of what is inserted on the way of the jump at {@code slot} to where that goes. */
        Optional<Instruction> back(int slot) {
            int target = ControlFlow.jumpTarget(image.instructions().at(slot), slot);
            int from = detours.getOrDefault(slot, 0) + slots(onJump.getOrDefault(slot, List.of()));
            return withJump(Instruction.of(Opcode.JA, 0, 0, 0, 0), start[target] - from - 1);
        }

        /** By new slot, the old slot of the instruction there, -1 if it is new. */
        int[] origins() {
            int[] origins = new int[end];
            Arrays.fill(origins, -1);
            for (int slot = 0; slot < instruction.length - 1; slot++) {
                boolean gone = instead.getOrDefault(slot, List.of(Instruction.of(0, 0, 0, 0, 0)))
                        .isEmpty();
                if (!gone) {
                    origins[instruction[slot]] = slot;
                }
            }
            return origins;
        }

        /** The same instruction, going to the same place. */
        Optional<Instruction> moved(Instruction each, int slot) {
            int target = ControlFlow.jumpTarget(each, slot);
            if (detours.containsKey(slot)) {
                return withJump(each, detours.get(slot) - instruction[slot] - 1);
            }
            if (target != ControlFlow.NO_JUMP) {
                return isInside(target) ? withJump(each, distance(slot, target)) : Optional.of(each);
            }
            boolean calls = each.opcode() == Opcode.CALL && each.srcReg() == Opcode.BPF_PSEUDO_CALL;
            boolean names = each.isWide() && each.srcReg() == Opcode.BPF_PSEUDO_FUNC;
            int function = slot + each.imm() + 1;
            return (calls || names) && isInside(function)
                    ? Optional.of(each.withImm(distance(slot, function)))
                    : Optional.of(each);
        }

        private boolean isInside(int target) {
            return target >= 0 && target < start.length;
        }

        private int distance(int slot, int target) {
            return start[target] - instruction[slot] - 1;
        }

        private Optional<Instruction> withJump(Instruction jump, int distance) {
            if (jump.opcode() == Opcode.GOTOL) {
                return Optional.of(jump.withImm(distance));
            }
            return distance == (short) distance
                    ? Optional.of(Instruction.of(jump.opcode(), jump.dstReg(), jump.srcReg(), distance, jump.imm()))
                    : Optional.empty();
        }
    }
}
