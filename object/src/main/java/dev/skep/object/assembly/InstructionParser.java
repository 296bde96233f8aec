package dev.skep.object.assembly;

import static dev.skep.object.instruction.Opcode.*;

import dev.skep.object.assembly.Operands.Memory;
import dev.skep.object.assembly.Operands.Register;
import dev.skep.object.assembly.ParsedInstruction.Target;
import dev.skep.object.instruction.Instruction;
import java.util.Optional;

/** Reads one instruction in the text of {@link dev.skep.object.instruction.Disassembler}, in any of its styles. */
final class InstructionParser {
    private final TokenReader in;
    private final Expressions expressions;
    private final Operands operands;

    private InstructionParser(TokenReader in, Expressions expressions) {
        this.in = in;
        this.expressions = expressions;
        this.operands = new Operands(in, expressions);
    }

    /** Reads the instruction that is the rest of the line. */
    static ParsedInstruction parse(TokenReader in, Expressions expressions) throws Mistake {
        InstructionParser parser = new InstructionParser(in, expressions);
        ParsedInstruction parsed = parser.instruction();
        in.expectEnd();
        return parsed;
    }

    private ParsedInstruction instruction() throws Mistake {
        if (operands.atRegister()) {
            return assignment();
        }
        Token first = in.peek();
        return switch (first.text()) {
            case "*" -> ParsedInstruction.of(store());
            case "if", "goto", "gotol", "may_goto", "call", "callx", "exit" -> new JumpParser(in, operands).parse();
            case "lock", "store_release" -> ParsedInstruction.of(new AtomicParser(in, operands).statement());
            case "ld_pseudo" -> ParsedInstruction.of(loadPseudo());
            default ->
                throw new Mistake(
                        first,
                        "expected an instruction, found " + first.described(),
                        "for example `r1 = 5`, `if r1 == 5 goto label`, `call bpf_ktime_get_ns`, `exit`");
        };
    }

    private Instruction loadPseudo() throws Mistake {
        in.take();
        int dst = operands.register(true);
        in.expect(",");
        Token kindToken = in.peek();
        long kind = operands.imm64();
        if (kind < 1 || kind > 15) {
            throw new Mistake(kindToken, "the pseudo kind " + kind + " is not within 1 to 15", "");
        }
        in.expect(",");
        int imm = operands.imm32(false);
        int nextImm = in.accept(",") ? operands.imm32(false) : 0;
        return new Instruction(LDDW, dst, (int) kind, (short) 0, imm, nextImm);
    }

    /** {@code *(u32 *)(r1 + 8) = r2} or a constant. */
    private Instruction store() throws Mistake {
        Memory memory = operands.memory(true);
        in.expect("=");
        if (operands.atRegister()) {
            int src = operands.registerOf(memory);
            return Instruction.of(BPF_STX | BPF_MEM | memory.size(), memory.register(), src, memory.offset(), 0);
        }
        int imm = operands.imm32(!memory.narrow());
        return Instruction.of(BPF_ST | BPF_MEM | memory.size(), memory.register(), 0, memory.offset(), imm);
    }

    private ParsedInstruction assignment() throws Mistake {
        Register dst = operands.register();
        Token operator = in.take();
        if (operator.is("=")) {
            return assigned(dst);
        }
        return ParsedInstruction.of(arithmetic(dst, operator));
    }

    /** {@code r1 += r2} and the like. */
    private Instruction arithmetic(Register dst, Token operator) throws Mistake {
        int code = switch (operator.text()) {
            case "+=" -> BPF_ADD;
            case "-=" -> BPF_SUB;
            case "*=" -> BPF_MUL;
            case "/=", "s/=" -> BPF_DIV;
            case "|=" -> BPF_OR;
            case "&=" -> BPF_AND;
            case "<<=" -> BPF_LSH;
            case ">>=" -> BPF_RSH;
            case "%=", "s%=" -> BPF_MOD;
            case "^=" -> BPF_XOR;
            case "s>>=" -> BPF_ARSH;
            default ->
                throw new Mistake(
                        operator,
                        "expected an operator after " + dst.token().text() + ", found " + operator.described(),
                        "= += -= *= /= %= |= &= ^= <<= >>= s>>= s/= s%=");
        };
        int offset = operator.is("s/=") || operator.is("s%=") ? 1 : 0;
        return arithmetic(code, dst, offset);
    }

    /** Takes the second operand. */
    private Instruction arithmetic(int code, Register dst, int offset) throws Mistake {
        int opcode = code | (dst.wide() ? BPF_ALU64 : BPF_ALU);
        return operands.atRegister()
                ? Instruction.of(opcode | BPF_X, dst.number(), operands.register(dst.wide()), offset, 0)
                : Instruction.of(opcode | BPF_K, dst.number(), 0, offset, operands.imm32(dst.wide()));
    }

    /** What stands to the right of {@code =}. */
    private ParsedInstruction assigned(Register dst) throws Mistake {
        Token first = in.peek();
        if (first.is("*")) {
            return ParsedInstruction.of(load(dst));
        }
        if (first.is("-") && Operands.registerNamed(in.peekSecond()).isPresent()) {
            in.take();
            operands.expectRegister(dst.number(), dst.wide());
            return ParsedInstruction.of(
                    Instruction.of(BPF_NEG | (dst.wide() ? BPF_ALU64 : BPF_ALU), dst.number(), 0, 0, 0));
        }
        if (first.is("(") && isSignedType(in.peekSecond())) {
            return ParsedInstruction.of(signExtension(dst));
        }
        if (first.kind() == Token.Kind.NAME && !operands.atRegister()) {
            Optional<ParsedInstruction> named = namedOperation(dst, first);
            if (named.isPresent()) {
                return named.get();
            }
        }
        return operands.atRegister()
                ? ParsedInstruction.of(arithmetic(BPF_MOV, dst, 0))
                : ParsedInstruction.of(constant(dst));
    }

    /** {@code r1 = 5} or {@code r1 = 5 ll}. */
    private Instruction constant(Register dst) throws Mistake {
        Token start = in.peek();
        long value = operands.imm64();
        if (in.peek().is("ll")) {
            if (!dst.wide()) {
                throw new Mistake(dst.token(), "a 64-bit constant needs a 64-bit register", "write r" + dst.number());
            }
            in.take();
            return Instruction.lddw(dst.number(), 0, value);
        }
        boolean fits = value == (int) value || (!dst.wide() && value >>> 32 == 0);
        if (!fits) {
            throw new Mistake(
                    start,
                    "%d (0x%x) does not fit in 32 bits, signed".formatted(value, value),
                    "write `r" + dst.number() + " = " + start.text() + " ll`, which takes two slots");
        }
        return Instruction.of(BPF_MOV | BPF_K | (dst.wide() ? BPF_ALU64 : BPF_ALU), dst.number(), 0, 0, (int) value);
    }

    /** {@code r1 = *(u32 *)(r2 + 8)}, {@code r0 = *(u32 *)skb[r2]}. */
    private Instruction load(Register dst) throws Mistake {
        Token type = operands.pointerType(true);
        if (in.peek().is("skb")) {
            return loadPacket(dst, type);
        }
        Memory memory = operands.memoryAfter(type);
        boolean narrowName = !dst.wide();
        if (narrowName && (memory.signed() || !memory.narrow())) {
            throw new Mistake(dst.token(), "this load fills 64 bits", "write r" + dst.number());
        }
        int mode = memory.signed() ? BPF_MEMSX : BPF_MEM;
        return Instruction.of(BPF_LDX | mode | memory.size(), dst.number(), memory.register(), memory.offset(), 0);
    }

    private Instruction loadPacket(Register dst, Token type) throws Mistake {
        int size = Operands.sizeOf(type);
        if (dst.number() != 0 || !dst.wide()) {
            throw new Mistake(dst.token(), "packet loads write r0", "write r0");
        }
        if (type.text().startsWith("s") || size == BPF_DW) {
            throw new Mistake(type, "packets are read as u8, u16 or u32", "");
        }
        in.take();
        in.expect("[");
        Instruction instruction;
        if (operands.atRegister()) {
            int src = operands.register(true);
            instruction = Instruction.of(BPF_LD | BPF_IND | size, 0, src, 0, operands.displacement32());
        } else {
            instruction = Instruction.of(BPF_LD | BPF_ABS | size, 0, 0, 0, operands.imm32(false));
        }
        in.expect("]");
        return instruction;
    }

    private static boolean isSignedType(Token token) {
        return token.is("s8") || token.is("s16") || token.is("s32");
    }

    /** {@code r1 = (s8)r2}. */
    private Instruction signExtension(Register dst) throws Mistake {
        in.expect("(");
        Token type = in.take();
        in.expect(")");
        int bits = Integer.parseInt(type.text().substring(1));
        if (bits == 32 && !dst.wide()) {
            throw new Mistake(type, "sign-extending 32 bits needs a 64-bit register", "write r" + dst.number());
        }
        int src = operands.register(dst.wide());
        return Instruction.of(BPF_MOV | BPF_X | (dst.wide() ? BPF_ALU64 : BPF_ALU), dst.number(), src, bits, 0);
    }

    /** An operation with a name, or a map's or function's address; empty if the name is a constant's. */
    private Optional<ParsedInstruction> namedOperation(Register dst, Token name) throws Mistake {
        Optional<Instruction> swap = byteSwap(dst, name);
        if (swap.isPresent()) {
            return swap.map(ParsedInstruction::of);
        }
        if (name.is("addr_space_cast")) {
            return Optional.of(ParsedInstruction.of(addressSpaceCast(dst)));
        }
        AtomicParser atomics = new AtomicParser(in, operands);
        if (atomics.isOperation(name)) {
            return Optional.of(ParsedInstruction.of(atomics.assigned(dst)));
        }
        return isAddress() ? Optional.of(address(dst)) : Optional.empty();
    }

    /** True at {@code NAME ll} and {@code NAME[...] ll} where the name is no constant. */
    private boolean isAddress() {
        return !expressions.isConstant(in.peek().text())
                && (in.peekSecond().is("ll") || in.peekSecond().is("["));
    }

    /** {@code r1 = map ll}, {@code r1 = map[8] ll}. */
    private ParsedInstruction address(Register dst) throws Mistake {
        Token name = in.take();
        if (!dst.wide()) {
            throw new Mistake(dst.token(), "an address needs a 64-bit register", "write r" + dst.number());
        }
        Optional<Integer> valueOffset = Optional.empty();
        if (in.accept("[")) {
            valueOffset = Optional.of(operands.imm32(false));
            in.expect("]");
        }
        in.expect("ll");
        return ParsedInstruction.to(new Target.Address(name, valueOffset), Instruction.lddw(dst.number(), 0, 0));
    }

    /** {@code r1 = le16 r1}. */
    private Optional<Instruction> byteSwap(Register dst, Token name) throws Mistake {
        int opcode;
        int digits;
        if (name.text().startsWith("bswap")) {
            opcode = BPF_END | BPF_ALU64;
            digits = 5;
        } else if (name.text().startsWith("le") || name.text().startsWith("be")) {
            opcode = BPF_END | BPF_ALU | (name.text().startsWith("le") ? BPF_TO_LE : BPF_TO_BE);
            digits = 2;
        } else {
            return Optional.empty();
        }
        int bits = switch (name.text().substring(digits)) {
            case "16" -> 16;
            case "32" -> 32;
            case "64" -> 64;
            default -> 0;
        };
        if (bits == 0) {
            return Optional.empty();
        }
        in.take();
        if (!dst.wide()) {
            throw new Mistake(dst.token(), "byte swaps work on 64-bit registers", "write r" + dst.number());
        }
        operands.expectRegister(dst.number(), true);
        return Optional.of(Instruction.of(opcode, dst.number(), 0, 0, bits));
    }

    /** {@code r1 = addr_space_cast(r2, 0x0, 0x1)}. */
    private Instruction addressSpaceCast(Register dst) throws Mistake {
        Token name = in.take();
        if (!dst.wide()) {
            throw new Mistake(dst.token(), "an address needs a 64-bit register", "write r" + dst.number());
        }
        in.expect("(");
        int src = operands.register(true);
        in.expect(",");
        long to = operands.imm64();
        in.expect(",");
        long from = operands.imm64();
        in.expect(")");
        boolean known = (to == 0 && from == 1) || (to == 1 && from == 0);
        if (!known) {
            throw new Mistake(name, "there are casts between address spaces 0 and 1 only", "");
        }
        return Instruction.of(
                BPF_MOV | BPF_X | BPF_ALU64, dst.number(), src, BPF_ADDR_SPACE_CAST, (int) (to << 16 | from));
    }
}
