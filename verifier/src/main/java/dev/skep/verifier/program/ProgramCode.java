package dev.skep.verifier.program;

import dev.skep.object.BpfObject;
import dev.skep.object.image.ProgramImage;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.HelperId;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A program put together, laid out for walking: instructions by slot, the functions they belong to, what they refer to. */
public final class ProgramCode {
    private final BpfObject object;
    private final ProgramImage image;
    private final @Nullable Instruction[] bySlot;
    private final int[] functionBySlot;
    private final List<Subprogram> functions;
    private final Map<Integer, Reference> references = new HashMap<>();
    private final TreeMap<Integer, FunctionSpec.Line> lines = new TreeMap<>();

    public ProgramCode(BpfObject object, ProgramImage image) {
        this.object = object;
        this.image = image;
        Instructions instructions = image.instructions();
        bySlot = new Instruction[instructions.slotCount()];
        int slot = 0;
        for (Instruction instruction : instructions) {
            bySlot[slot] = instruction;
            slot += instruction.slots();
        }
        functions = subprograms();
        functionBySlot = new int[bySlot.length];
        functions.forEach(f -> Arrays.fill(functionBySlot, f.start(), f.end(), f.index()));
        image.references().forEach(reference -> references.put(reference.slot(), reference));
        image.lines().forEach(line -> lines.put(line.slot(), line));
    }

    /** What the image says, and any further place that a call or function address goes to. */
    private List<Subprogram> subprograms() {
        TreeMap<Integer, Optional<ProgramImage.FunctionStart>> starts = new TreeMap<>();
        starts.put(0, Optional.empty());
        for (int slot = 0; slot < bySlot.length; slot++) {
            int target = functionTarget(slot);
            if (target >= 0 && target < bySlot.length && bySlot[target] != null) {
                starts.put(target, Optional.empty());
            }
        }
        image.functions().forEach(start -> starts.put(start.slot(), Optional.of(start)));
        List<Subprogram> found = new ArrayList<>();
        for (Map.Entry<Integer, Optional<ProgramImage.FunctionStart>> each : starts.entrySet()) {
            Integer next = starts.higherKey(each.getKey());
            int end = next == null ? bySlot.length : next;
            found.add(subprogram(found.size(), each.getKey(), end, each.getValue()));
        }
        return List.copyOf(found);
    }

    private Subprogram subprogram(int index, int start, int end, Optional<ProgramImage.FunctionStart> named) {
        if (named.isEmpty()) {
            return new Subprogram(index, "func#" + index, start, end, FunctionSpec.Linkage.STATIC, 0);
        }
        FunctionSpec spec = object.functions().get(named.get().function());
        FunctionSpec.Linkage linkage = spec.typeId() == 0 ? FunctionSpec.Linkage.STATIC : spec.linkage();
        return new Subprogram(index, named.get().name(), start, end, linkage, spec.typeId());
    }

    /** Where the function starts that the instruction at {@code slot} calls or takes the address of; -1 if it does neither. */
    public int functionTarget(int slot) {
        Instruction instruction = bySlot[slot];
        if (instruction == null) {
            return -1;
        }
        boolean calls = instruction.opcode() == Opcode.CALL && instruction.srcReg() == Opcode.BPF_PSEUDO_CALL;
        boolean names = instruction.isWide() && instruction.srcReg() == Opcode.BPF_PSEUDO_FUNC;
        return calls || names ? slot + instruction.imm() + 1 : -1;
    }

    public BpfObject object() {
        return object;
    }

    public ProgramSpec spec() {
        return image.spec();
    }

    public ProgramImage image() {
        return image;
    }

    public int slotCount() {
        return bySlot.length;
    }

    /** True if an instruction starts at {@code slot}: in range and not the second half of an lddw. */
    public boolean startsAt(int slot) {
        return slot >= 0 && slot < bySlot.length && bySlot[slot] != null;
    }

    /** @throws IndexOutOfBoundsException if {@link #startsAt} is false for {@code slot} */
    public Instruction at(int slot) {
        Instruction instruction = bySlot[slot];
        if (instruction == null) {
            throw new IndexOutOfBoundsException("slot " + slot + " is the second half of an lddw");
        }
        return instruction;
    }

    /** The functions by place; the first is the entry. */
    public List<Subprogram> functions() {
        return functions;
    }

    public Subprogram functionOf(int slot) {
        return functions.get(functionBySlot[slot]);
    }

    /** The function that starts at {@code slot}. */
    public Optional<Subprogram> functionAt(int slot) {
        return startsAt(slot) && functionOf(slot).start() == slot ? Optional.of(functionOf(slot)) : Optional.empty();
    }

    /** What the instruction at {@code slot} refers to by name. */
    public Optional<Reference> reference(int slot) {
        return Optional.ofNullable(references.get(slot));
    }

    /** Names of the maps that some instruction refers to, reached or not. */
    public Stream<String> usedMaps() {
        return references.values().stream().flatMap(reference -> switch (reference) {
            case Reference.Map map -> Stream.of(map.map());
            case Reference.MapValue value -> Stream.of(value.map());
            default -> Stream.empty();
        });
    }

    /** Name of the kernel function that the instruction at {@code slot} calls; empty if it calls none by name. */
    public Optional<String> kernelFunction(int slot) {
        return reference(slot).orElse(null) instanceof Reference.KernelFunctionCall call
                ? Optional.of(object.externs().get(call.extern()).name())
                : Optional.empty();
    }

    /** The instruction at {@code slot} calls this helper. */
    public boolean callsHelper(int slot, HelperId helper) {
        Instruction instruction = at(slot);
        return instruction.opcode() == Opcode.CALL && instruction.srcReg() == 0 && instruction.imm() == helper.number();
    }

    /** The source line the instruction at {@code slot} belongs to. */
    public Optional<FunctionSpec.Line> line(int slot) {
        Map.Entry<Integer, FunctionSpec.Line> line = lines.floorEntry(slot);
        boolean ofThisFunction = line != null && functionOf(slot).contains(line.getKey());
        return ofThisFunction ? Optional.of(line.getValue()) : Optional.empty();
    }
}
