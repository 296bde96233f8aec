package dev.skep.object.assembly;

import static dev.skep.object.instruction.Opcode.*;

import dev.skep.object.assembly.Operands.Register;
import dev.skep.object.assembly.ParsedInstruction.Target;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.program.HelperId;
import java.util.Optional;

/** Reads jumps, calls and {@code exit}. */
final class JumpParser {
    private final TokenReader in;
    private final Operands operands;

    JumpParser(TokenReader in, Operands operands) {
        this.in = in;
        this.operands = operands;
    }

    ParsedInstruction parse() throws Mistake {
        return switch (in.take().text()) {
            case "if" -> conditional();
            case "goto" -> jump(JA);
            case "gotol" -> jump(GOTOL);
            case "may_goto" -> jump(MAY_GOTO);
            case "call" -> call();
            case "callx" -> ParsedInstruction.of(Instruction.of(CALLX, operands.register(true), 0, 0, 0));
            default -> ParsedInstruction.of(Instruction.of(EXIT, 0, 0, 0, 0));
        };
    }

    private ParsedInstruction jump(int opcode) throws Mistake {
        return target(Instruction.of(opcode, 0, 0, 0, 0));
    }

    /** {@code if r1 s> -1 goto label}. */
    private ParsedInstruction conditional() throws Mistake {
        Register dst = operands.register();
        int opcode = condition() | (dst.wide() ? BPF_JMP : BPF_JMP32);
        Instruction instruction = operands.atRegister()
                ? Instruction.of(opcode | BPF_X, dst.number(), operands.register(dst.wide()), 0, 0)
                : Instruction.of(opcode | BPF_K, dst.number(), 0, 0, operands.imm32(dst.wide()));
        in.expect("goto");
        return target(instruction);
    }

    private int condition() throws Mistake {
        Token operator = in.take();
        return switch (operator.text()) {
            case "==" -> BPF_JEQ;
            case ">" -> BPF_JGT;
            case ">=" -> BPF_JGE;
            case "&" -> BPF_JSET;
            case "!=" -> BPF_JNE;
            case "s>" -> BPF_JSGT;
            case "s>=" -> BPF_JSGE;
            case "<" -> BPF_JLT;
            case "<=" -> BPF_JLE;
            case "s<" -> BPF_JSLT;
            case "s<=" -> BPF_JSLE;
            default ->
                throw new Mistake(
                        operator,
                        "expected a comparison, found " + operator.described(),
                        "== != > >= < <= s> s>= s< s<= &");
        };
    }

    /** {@code +5}, {@code -0x3} or a label. */
    private ParsedInstruction target(Instruction jump) throws Mistake {
        Token start = in.peek();
        if (start.kind() == Token.Kind.NAME) {
            in.take();
            return ParsedInstruction.to(new Target.Jump(start), jump);
        }
        if (!start.is("+") && !start.is("-")) {
            throw in.expected("a label, or a distance with its sign such as +3");
        }
        return ParsedInstruction.of(
                jump.opcode() == GOTOL
                        ? jump.withImm(operands.displacement32())
                        : Instruction.of(jump.opcode(), jump.dstReg(), jump.srcReg(), jumpDistance(start), jump.imm()));
    }

    private int jumpDistance(Token start) throws Mistake {
        int distance = operands.displacement32();
        if (distance != (short) distance) {
            throw new Mistake(
                    start, "the distance " + distance + " is not within -32768 to 32767", "use gotol for longer jumps");
        }
        return distance;
    }

    /**
     * {@code call 5} and {@code call bpf_...} for helpers, {@code call pc+3} and {@code call name} for functions of the program,
     * {@code call kfunc 5} for functions of the kernel by BTF id.
     */
    private ParsedInstruction call() throws Mistake {
        Token callee = in.peek();
        if (callee.kind() != Token.Kind.NAME) {
            return ParsedInstruction.of(Instruction.of(CALL, 0, 0, 0, operands.imm32(true)));
        }
        if (callee.is("pc") && (in.peekSecond().is("+") || in.peekSecond().is("-"))) {
            in.take();
            return ParsedInstruction.of(Instruction.of(CALL, 0, BPF_PSEUDO_CALL, 0, operands.displacement32()));
        }
        if (callee.is("kfunc") && in.peekSecond().kind() != Token.Kind.END) {
            in.take();
            return ParsedInstruction.of(kernelFunction());
        }
        Optional<Integer> helper = helper(callee);
        if (helper.isPresent()) {
            in.take();
            return ParsedInstruction.of(Instruction.of(CALL, 0, 0, 0, helper.get()));
        }
        if (UapiConstants.value(callee.text()).isPresent()) {
            return ParsedInstruction.of(Instruction.of(CALL, 0, 0, 0, operands.imm32(true)));
        }
        in.take();
        return ParsedInstruction.to(new Target.Call(callee), Instruction.of(CALL, 0, BPF_PSEUDO_CALL, 0, 0));
    }

    private static Optional<Integer> helper(Token name) {
        return HelperId.ofFunction(name.text()).map(HelperId::number);
    }

    private Instruction kernelFunction() throws Mistake {
        int id = operands.imm32(true);
        int index = 0;
        if (in.accept(",")) {
            Token start = in.peek();
            index = operands.imm32(true);
            if (index != (short) index) {
                throw new Mistake(start, "the fd_array index " + index + " is not within -32768 to 32767", "");
            }
        }
        return Instruction.of(CALL, 0, BPF_PSEUDO_KFUNC_CALL, index, id);
    }
}
