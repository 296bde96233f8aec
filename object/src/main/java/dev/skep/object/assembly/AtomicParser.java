package dev.skep.object.assembly;

import static dev.skep.object.instruction.Opcode.*;

import dev.skep.object.assembly.Operands.Memory;
import dev.skep.object.assembly.Operands.Register;
import dev.skep.object.instruction.Instruction;

/** Reads atomic operations. */
final class AtomicParser {
    private final TokenReader in;
    private final Operands operands;

    AtomicParser(TokenReader in, Operands operands) {
        this.in = in;
        this.operands = operands;
    }

    /** {@code lock *(u64 *)(r1 + 8) += r2} or {@code store_release((u64 *)(r1 + 8), r2)}. */
    Instruction statement() throws Mistake {
        return in.take().is("lock") ? locked() : storeRelease();
    }

    private Instruction locked() throws Mistake {
        Memory memory = operands.memory(true);
        Token operator = in.take();
        int operation = switch (operator.text()) {
            case "+=" -> BPF_ADD;
            case "|=" -> BPF_OR;
            case "&=" -> BPF_AND;
            case "^=" -> BPF_XOR;
            default ->
                throw new Mistake(
                        operator, "expected an atomic operation, found " + operator.described(), "+= |= &= ^=");
        };
        requireWordOrLarger(memory);
        return atomic(memory, operands.registerOf(memory), operation);
    }

    private Instruction storeRelease() throws Mistake {
        in.expect("(");
        Memory memory = operands.memory(false);
        in.expect(",");
        int src = operands.registerOf(memory);
        in.expect(")");
        return atomic(memory, src, BPF_STORE_REL);
    }

    /** True for the name of an operation that gives a value. */
    boolean isOperation(Token name) {
        return switch (name.text()) {
            case "load_acquire",
                    "atomic_fetch_add",
                    "atomic_fetch_or",
                    "atomic_fetch_and",
                    "atomic_fetch_xor",
                    "xchg_64",
                    "xchg32_32",
                    "cmpxchg_64",
                    "cmpxchg32_32" -> true;
            default -> false;
        };
    }

    /** {@code load_acquire(...)} and the like after {@code dst =}. */
    Instruction assigned(Register dst) throws Mistake {
        Token name = in.take();
        in.expect("(");
        Instruction instruction = switch (name.text()) {
            case "load_acquire" -> loadAcquire(dst);
            case "atomic_fetch_add" -> fetch(dst, BPF_ADD);
            case "atomic_fetch_or" -> fetch(dst, BPF_OR);
            case "atomic_fetch_and" -> fetch(dst, BPF_AND);
            case "atomic_fetch_xor" -> fetch(dst, BPF_XOR);
            case "xchg_64" -> exchange(dst, name, BPF_DW);
            case "xchg32_32" -> exchange(dst, name, BPF_W);
            case "cmpxchg_64" -> compareAndExchange(dst, name, BPF_DW);
            default -> compareAndExchange(dst, name, BPF_W);
        };
        in.expect(")");
        return instruction;
    }

    private Instruction loadAcquire(Register dst) throws Mistake {
        Memory memory = operands.memory(false);
        requireWidth(dst, memory);
        return Instruction.of(
                BPF_STX | BPF_ATOMIC | memory.size(), dst.number(), memory.register(), memory.offset(), BPF_LOAD_ACQ);
    }

    private Instruction fetch(Register dst, int operation) throws Mistake {
        Memory memory = operands.memory(false);
        requireWordOrLarger(memory);
        requireWidth(dst, memory);
        in.expect(",");
        operands.expectRegister(dst.number(), dst.wide());
        return atomic(memory, dst.number(), operation | BPF_FETCH);
    }

    private Instruction exchange(Register dst, Token name, int size) throws Mistake {
        Memory memory = untyped(name, size);
        requireWidth(dst, memory);
        in.expect(",");
        operands.expectRegister(dst.number(), dst.wide());
        return atomic(memory, dst.number(), BPF_XCHG);
    }

    private Instruction compareAndExchange(Register dst, Token name, int size) throws Mistake {
        Memory memory = untyped(name, size);
        requireWidth(dst, memory);
        if (dst.number() != 0) {
            throw new Mistake(dst.token(), "compare-and-exchange compares with r0 and writes it", "");
        }
        in.expect(",");
        operands.expectRegister(0, dst.wide());
        in.expect(",");
        return atomic(memory, operands.registerOf(memory), BPF_CMPXCHG);
    }

    /** {@code r1 + 8}. */
    private Memory untyped(Token name, int size) throws Mistake {
        int register = operands.register(true);
        return new Memory(size, false, name, register, operands.displacement16());
    }

    private static void requireWordOrLarger(Memory memory) throws Mistake {
        if (memory.size() != BPF_W && memory.size() != BPF_DW) {
            throw new Mistake(memory.type(), "this atomic operation works on u32 and u64", "");
        }
    }

    private static void requireWidth(Register dst, Memory memory) throws Mistake {
        if (!dst.wide() && !memory.narrow()) {
            throw new Mistake(dst.token(), dst.token().text() + " is too narrow for 8 bytes", "write r" + dst.number());
        }
    }

    private static Instruction atomic(Memory memory, int src, int operation) {
        return Instruction.of(BPF_STX | BPF_ATOMIC | memory.size(), memory.register(), src, memory.offset(), operation);
    }
}
