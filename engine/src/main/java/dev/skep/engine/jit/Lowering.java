package dev.skep.engine.jit;

import dev.skep.engine.helper.Helper;
import dev.skep.engine.interpreter.CallTargets;
import dev.skep.engine.jit.Operation.AtomicKind;
import dev.skep.engine.jit.Operation.Binary;
import dev.skep.engine.jit.Operation.Comparison;
import dev.skep.engine.jit.Operation.Operand;
import dev.skep.engine.jit.Operation.Unary;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.program.HelperId;
import java.util.Optional;

/** Turns valid instructions into {@link Operation}s. Targets are slots. */
final class Lowering {
    private final CallTargets targets;

    /** @param targets what calls of helpers go to */
    Lowering(CallTargets targets) {
        this.targets = targets;
    }

    /** The operation at {@code slot}. */
    Operation lower(int slot, Instruction i) {
        return switch (i.instructionClass()) {
            case Opcode.BPF_ALU, Opcode.BPF_ALU64 -> arithmetic(i);
            case Opcode.BPF_JMP, Opcode.BPF_JMP32 -> jump(slot, i);
            case Opcode.BPF_LD -> i.isWide() ? new Operation.Constant(i.dstReg(), i.imm64()) : packetLoad(i);
            case Opcode.BPF_LDX ->
                new Operation.Load(
                        i.dstReg(), i.srcReg(), i.offset(), size(i), (i.opcode() & 0xe0) == Opcode.BPF_MEMSX);
            case Opcode.BPF_ST -> new Operation.Store(i.dstReg(), i.offset(), size(i), new Operand.Immediate(i.imm()));
            default ->
                (i.opcode() & 0xe0) == Opcode.BPF_ATOMIC
                        ? atomic(i)
                        : new Operation.Store(i.dstReg(), i.offset(), size(i), new Operand.Register(i.srcReg()));
        };
    }

    private static int size(Instruction i) {
        return switch (i.opcode() & 0x18) {
            case Opcode.BPF_B -> 1;
            case Opcode.BPF_H -> 2;
            case Opcode.BPF_W -> 4;
            default -> 8;
        };
    }

    private static Operand operand(Instruction i) {
        return (i.opcode() & Opcode.BPF_X) != 0 ? new Operand.Register(i.srcReg()) : new Operand.Immediate(i.imm());
    }

    private static Operation arithmetic(Instruction i) {
        boolean wide = i.instructionClass() == Opcode.BPF_ALU64;
        return switch (i.opcode() & 0xf0) {
            case Opcode.BPF_MOV -> move(i, wide);
            case Opcode.BPF_NEG -> new Operation.InPlace(Unary.NEG, wide, i.dstReg());
            case Opcode.BPF_END -> byteOrder(i, wide || (i.opcode() & Opcode.BPF_X) != 0);
            default -> new Operation.Arithmetic(operator(i), wide, i.dstReg(), operand(i));
        };
    }

    private static Operation move(Instruction i, boolean wide) {
        if ((i.opcode() & Opcode.BPF_X) == 0) {
            return new Operation.Constant(i.dstReg(), wide ? i.imm() : i.imm() & 0xffff_ffffL);
        }
        boolean cast = i.offset() == Opcode.BPF_ADDR_SPACE_CAST;
        if (cast) {
            return new Operation.Move(i.dstReg(), i.srcReg(), 32, false, false);
        }
        int bits = i.offset() != 0 ? i.offset() : wide ? 64 : 32;
        return new Operation.Move(i.dstReg(), i.srcReg(), bits, i.offset() != 0, wide);
    }

    /** @param swaps false for {@code le}: the machine is little-endian */
    private static Operation byteOrder(Instruction i, boolean swaps) {
        if (!swaps && i.imm() == 64) {
            return Operation.Move.whole(i.dstReg(), i.dstReg());
        }
        Unary operator = switch (i.imm()) {
            case 16 -> swaps ? Unary.SWAP16 : Unary.LOW16;
            case 32 -> swaps ? Unary.SWAP32 : Unary.LOW32;
            default -> Unary.SWAP64;
        };
        return new Operation.InPlace(operator, true, i.dstReg());
    }

    private static Binary operator(Instruction i) {
        boolean signed = i.offset() != 0;
        return switch (i.opcode() & 0xf0) {
            case Opcode.BPF_ADD -> Binary.ADD;
            case Opcode.BPF_SUB -> Binary.SUB;
            case Opcode.BPF_MUL -> Binary.MUL;
            case Opcode.BPF_DIV -> signed ? Binary.SIGNED_DIV : Binary.DIV;
            case Opcode.BPF_MOD -> signed ? Binary.SIGNED_MOD : Binary.MOD;
            case Opcode.BPF_OR -> Binary.OR;
            case Opcode.BPF_AND -> Binary.AND;
            case Opcode.BPF_XOR -> Binary.XOR;
            case Opcode.BPF_LSH -> Binary.LSH;
            case Opcode.BPF_RSH -> Binary.RSH;
            case Opcode.BPF_ARSH -> Binary.ARSH;
            default -> throw new AssertionError(i);
        };
    }

    private static Operation packetLoad(Instruction i) {
        boolean indirect = (i.opcode() & 0xe0) == Opcode.BPF_IND;
        return new Operation.PacketLoad(size(i), i.imm(), indirect ? Optional.of(i.srcReg()) : Optional.empty());
    }

    private static Operation atomic(Instruction i) {
        return switch (i.imm()) {
            case Opcode.BPF_LOAD_ACQ ->
                new Operation.Atomic(AtomicKind.LOAD_ACQUIRE, size(i), i.srcReg(), i.offset(), i.dstReg(), true);
            case Opcode.BPF_STORE_REL ->
                new Operation.Atomic(AtomicKind.STORE_RELEASE, size(i), i.dstReg(), i.offset(), i.srcReg(), false);
            case Opcode.BPF_CMPXCHG ->
                new Operation.Atomic(AtomicKind.COMPARE_EXCHANGE, size(i), i.dstReg(), i.offset(), i.srcReg(), true);
            default -> {
                AtomicKind kind = switch (i.imm() & ~Opcode.BPF_FETCH) {
                    case Opcode.BPF_ADD -> AtomicKind.ADD;
                    case Opcode.BPF_OR -> AtomicKind.OR;
                    case Opcode.BPF_AND -> AtomicKind.AND;
                    case Opcode.BPF_XOR -> AtomicKind.XOR;
                    default -> AtomicKind.EXCHANGE;
                };
                boolean fetches = (i.imm() & Opcode.BPF_FETCH) != 0;
                yield new Operation.Atomic(kind, size(i), i.dstReg(), i.offset(), i.srcReg(), fetches);
            }
        };
    }

    private Operation jump(int slot, Instruction i) {
        int next = slot + 1;
        return switch (i.opcode()) {
            case Opcode.JA -> new Operation.Jump(next + i.offset());
            case Opcode.GOTOL -> new Operation.Jump(next + i.imm());
            case Opcode.EXIT -> new Operation.Exit();
            case Opcode.MAY_GOTO -> new Operation.MayGoto(next + i.offset());
            case Opcode.CALLX -> new Operation.CallRegister(i.dstReg());
            case Opcode.CALL -> call(slot, i);
            default ->
                new Operation.Branch(
                        comparison(i.opcode()),
                        i.instructionClass() == Opcode.BPF_JMP,
                        i.dstReg(),
                        operand(i),
                        next + i.offset());
        };
    }

    private Operation call(int slot, Instruction i) {
        if (i.srcReg() == Opcode.BPF_PSEUDO_CALL) {
            return new Operation.CallFunction(slot + 1 + i.imm());
        }
        if (i.srcReg() == 0 && i.imm() == HelperId.TAIL_CALL.number()) {
            return new Operation.TailCall();
        }
        Helper helper = targets.target(slot, i);
        return new Operation.CallHelper(helper, i.srcReg() == 0 ? i.imm() : -1);
    }

    private static Comparison comparison(int opcode) {
        return switch (opcode & 0xf0) {
            case Opcode.BPF_JEQ -> Comparison.EQ;
            case Opcode.BPF_JNE -> Comparison.NE;
            case Opcode.BPF_JGT -> Comparison.GT;
            case Opcode.BPF_JGE -> Comparison.GE;
            case Opcode.BPF_JLT -> Comparison.LT;
            case Opcode.BPF_JLE -> Comparison.LE;
            case Opcode.BPF_JSGT -> Comparison.SIGNED_GT;
            case Opcode.BPF_JSGE -> Comparison.SIGNED_GE;
            case Opcode.BPF_JSLT -> Comparison.SIGNED_LT;
            case Opcode.BPF_JSLE -> Comparison.SIGNED_LE;
            default -> Comparison.SET;
        };
    }
}
