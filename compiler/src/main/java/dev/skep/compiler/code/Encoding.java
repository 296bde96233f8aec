package dev.skep.compiler.code;

import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Position;
import dev.skep.object.instruction.CpuVersion;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.instruction.Opcode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Writes blocks in their order as instructions, and fills in how far jumps go. */
final class Encoding {
    private final MachineFunction machine;
    private final Target target;
    private final List<MachineBlock> order;
    private final Frame frame;
    /** Jumps, by number, that are too far for 16 bits. */
    private final BitSet farJumps = new BitSet();

    private final int[] starts;
    private List<Instruction> instructions = new ArrayList<>();
    private List<Jump> jumps = new ArrayList<>();
    private List<CompiledFunction.SymbolReference> references = new ArrayList<>();
    private List<CompiledFunction.Line> lines = new ArrayList<>();
    private List<CompiledFunction.Relocation> relocations = new ArrayList<>();
    private int slot;

    /** A jump whose distance is to be filled in. @param index of the instruction @param slot its slot */
    private record Jump(int index, int slot, MachineBlock target, Position position) {}

    private Encoding(MachineFunction machine, Target target, List<MachineBlock> order, Frame frame) {
        this.machine = machine;
        this.target = target;
        this.order = order;
        this.frame = frame;
        this.starts = new int[machine.blocks().size()];
    }

    /** The function's code. @throws CodeGenerationException if a jump goes farther than instructions of the target can */
    static CompiledFunction encode(MachineFunction machine, Target target, List<MachineBlock> order, Frame frame) {
        Encoding encoding = new Encoding(machine, target, order, frame);
        do {
            encoding.write();
        } while (encoding.findFarJumps());
        encoding.fillInDistances();
        return new CompiledFunction(
                machine.function(),
                Instructions.of(encoding.instructions),
                encoding.references,
                encoding.lines,
                encoding.relocations);
    }

    private void write() {
        instructions = new ArrayList<>();
        jumps = new ArrayList<>();
        references = new ArrayList<>();
        lines = new ArrayList<>();
        relocations = new ArrayList<>();
        slot = 0;
        noteLine(machine.function().position());
        for (int i = 0; i < order.size(); i++) {
            MachineBlock block = order.get(i);
            starts[block.number()] = slot;
            block.instructions().forEach(this::write);
            noteLine(block.end().position());
            write(block.end(), i + 1 < order.size() ? order.get(i + 1) : block, i + 1 < order.size());
        }
    }

    private void write(MachineInstruction instruction) {
        noteLine(instruction.position());
        instruction.symbol().ifPresent(symbol -> references.add(new CompiledFunction.SymbolReference(slot, symbol)));
        instruction
                .relocation()
                .ifPresent(site -> relocations.add(new CompiledFunction.Relocation(slot, site.kind(), site.path())));
        add(encode(instruction));
    }

    private Instruction encode(MachineInstruction instruction) {
        int place = instruction.slot().map(frame::offset).orElse(0);
        int destination = Math.max(instruction.destination(), 0);
        int source = Math.max(instruction.source(), 0);
        if (instruction.opcode() == Opcode.LDDW) {
            return Instruction.lddw(destination, 0, instruction.immediate());
        }
        if (instruction.isCall() && instruction.symbol().isPresent()) {
            source = Opcode.BPF_PSEUDO_CALL;
        }
        boolean access = instruction.isMemoryAccess();
        return Instruction.of(
                instruction.opcode(),
                destination,
                source,
                instruction.offset() + (access ? place : 0),
                (int) instruction.immediate() + (access ? 0 : place));
    }

    private void write(MachineEnd end, MachineBlock next, boolean hasNext) {
        switch (end) {
            case MachineEnd.Go go -> {
                if (!hasNext || go.target() != next) {
                    jump(Instruction.of(Opcode.JA, 0, 0, 0, 0), go.target(), go.position());
                }
            }
            case MachineEnd.Branch branch -> {
                boolean fallsIntoTaken = hasNext && branch.taken() == next;
                MachineEnd.Branch written = encodable(fallsIntoTaken ? branch.inverted() : branch);
                jump(conditional(written), written.taken(), written.position());
                if (!hasNext || written.otherwise() != next) {
                    jump(Instruction.of(Opcode.JA, 0, 0, 0, 0), written.otherwise(), written.position());
                }
            }
            case MachineEnd.MayContinue loop -> {
                jump(Instruction.of(Opcode.MAY_GOTO, 0, 0, 0, 0), loop.exhausted(), loop.position());
                if (!hasNext || loop.more() != next) {
                    jump(Instruction.of(Opcode.JA, 0, 0, 0, 0), loop.more(), loop.position());
                }
            }
            case MachineEnd.Exit exit -> add(Instruction.of(Opcode.EXIT, 0, 0, 0, 0));
        }
    }

    /** A form that there is an instruction for: v1 has only greater ones. */
    private MachineEnd.Branch encodable(MachineEnd.Branch branch) {
        boolean less = switch (branch.comparison()) {
            case LESS, LESS_OR_EQUAL, SIGNED_LESS, SIGNED_LESS_OR_EQUAL -> true;
            default -> false;
        };
        if (!less || target.instructionSet() != CpuVersion.V1) {
            return branch;
        }
        return branch.right() == Registers.NONE ? branch.inverted() : branch.swapped();
    }

    private static Instruction conditional(MachineEnd.Branch branch) {
        boolean register = branch.right() != Registers.NONE;
        int opcode = (branch.wide() ? Opcode.BPF_JMP : Opcode.BPF_JMP32)
                | code(branch.comparison())
                | (register ? Opcode.BPF_X : Opcode.BPF_K);
        return Instruction.of(opcode, branch.left(), register ? branch.right() : 0, 0, branch.immediate());
    }

    private static int code(Comparison comparison) {
        return switch (comparison) {
            case EQUAL -> Opcode.BPF_JEQ;
            case NOT_EQUAL -> Opcode.BPF_JNE;
            case LESS -> Opcode.BPF_JLT;
            case LESS_OR_EQUAL -> Opcode.BPF_JLE;
            case GREATER -> Opcode.BPF_JGT;
            case GREATER_OR_EQUAL -> Opcode.BPF_JGE;
            case SIGNED_LESS -> Opcode.BPF_JSLT;
            case SIGNED_LESS_OR_EQUAL -> Opcode.BPF_JSLE;
            case SIGNED_GREATER -> Opcode.BPF_JSGT;
            case SIGNED_GREATER_OR_EQUAL -> Opcode.BPF_JSGE;
        };
    }

    private void jump(Instruction jump, MachineBlock where, Position position) {
        boolean far = farJumps.get(jumps.size());
        if (far && jump.opcode() != Opcode.JA) {
            add(Instruction.of(jump.opcode(), jump.dstReg(), jump.srcReg(), 1, jump.imm()));
            add(Instruction.of(Opcode.JA, 0, 0, 1, 0));
        }
        jumps.add(new Jump(instructions.size(), slot, where, position));
        add(far ? Instruction.of(Opcode.GOTOL, 0, 0, 0, 0) : jump);
    }

    private void add(Instruction instruction) {
        instructions.add(instruction);
        slot += instruction.slots();
    }

    private void noteLine(Position position) {
        boolean first = lines.isEmpty();
        if (first || (position.isKnown() && !lines.getLast().position().equals(position))) {
            if (!first && lines.getLast().slot() == slot) {
                lines.removeLast();
            }
            lines.add(new CompiledFunction.Line(slot, position));
        }
    }

    private int distance(Jump jump) {
        return starts[jump.target().number()] - jump.slot() - 1;
    }

    /** Marks jumps that turn out to be too far. @return whether there are some */
    private boolean findFarJumps() {
        boolean found = false;
        for (int i = 0; i < jumps.size(); i++) {
            Jump jump = jumps.get(i);
            if (distance(jump) != (short) distance(jump) && !farJumps.get(i)) {
                if (target.instructionSet() != CpuVersion.V4) {
                    throw tooFar(jump);
                }
                farJumps.set(i);
                found = true;
            }
        }
        return found;
    }

    private CodeGenerationException tooFar(Jump jump) {
        return new CodeGenerationException(
                machine.function(),
                jump.position(),
                "has " + slot + " instructions, and a jump over " + Math.abs(distance(jump))
                        + " of them, where BPF jumps over 32767",
                "compile for v4, which jumps farther, or put parts of it into functions");
    }

    private void fillInDistances() {
        for (Jump jump : jumps) {
            Instruction old = instructions.get(jump.index());
            Instruction filled = old.opcode() == Opcode.GOTOL
                    ? old.withImm(distance(jump))
                    : Instruction.of(old.opcode(), old.dstReg(), old.srcReg(), distance(jump), old.imm());
            instructions.set(jump.index(), filled);
        }
    }
}
