package dev.skep.object.assembly;

import static dev.skep.object.instruction.Opcode.*;

import java.util.Optional;

/** Reads the parts instructions are made of: registers, constants, memory operands. */
final class Operands {
    private final TokenReader in;
    private final Expressions expressions;

    Operands(TokenReader in, Expressions expressions) {
        this.in = in;
        this.expressions = expressions;
    }

    /** A register. @param wide r rather than w */
    record Register(int number, boolean wide, Token token) {}

    /** {@code *(u32 *)(r1 + 8)} or {@code (u32 *)(r1 + 8)}. @param size BPF_B to BPF_DW */
    record Memory(int size, boolean signed, Token type, int register, int offset) {
        boolean narrow() {
            return size != BPF_DW;
        }
    }

    /** The register a token names, if any. */
    static Optional<Register> registerNamed(Token token) {
        String text = token.text();
        boolean shaped = text.length() >= 2
                && text.length() <= 3
                && (text.charAt(0) == 'r' || text.charAt(0) == 'w')
                && text.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
        return shaped
                ? Optional.of(new Register(Integer.parseInt(text.substring(1)), text.charAt(0) == 'r', token))
                : Optional.empty();
    }

    boolean atRegister() {
        return registerNamed(in.peek()).isPresent();
    }

    /** A register, r0 to r10 or w0 to w10. */
    Register register() throws Mistake {
        Register register = registerNamed(in.peek()).orElseThrow(() -> in.expected("a register"));
        if (register.number > 10 || register.token.text().length() > (register.number == 10 ? 3 : 2)) {
            throw new Mistake(in.peek(), "there is no register " + in.peek().text(), "a program has r0 to r10");
        }
        in.take();
        return register;
    }

    /** A register of the width given. */
    int register(boolean wide) throws Mistake {
        Register register = register();
        if (register.wide != wide) {
            throw new Mistake(
                    register.token,
                    register.token.text() + " is the wrong width here",
                    "write " + (wide ? "r" : "w") + register.number);
        }
        return register.number;
    }

    /** A register whose width may be that of the access or 64 bits: LLVM writes either. */
    int registerOf(Memory memory) throws Mistake {
        Register register = register();
        if (!register.wide && !memory.narrow()) {
            throw new Mistake(
                    register.token, register.token.text() + " is too narrow for 8 bytes", "write r" + register.number);
        }
        return register.number;
    }

    /** The register the instruction demands here. */
    void expectRegister(int number, boolean wideOnly) throws Mistake {
        Register register = register();
        if (register.number != number || (wideOnly && !register.wide)) {
            throw new Mistake(register.token, "this must be r" + number + " here", "");
        }
    }

    /**
     * A constant for a 32-bit immediate.
     *
     * @param signedOnly false if values up to 2^32-1 mean the same bits
     */
    int imm32(boolean signedOnly) throws Mistake {
        Token start = in.peek();
        long value = expressions.parse(in);
        boolean fits = value == (int) value || (!signedOnly && value >>> 32 == 0);
        if (!fits) {
            throw new Mistake(
                    start,
                    "%d (0x%x) does not fit in 32 bits%s".formatted(value, value, signedOnly ? ", signed" : ""),
                    signedOnly ? "load it into a register with `rN = VALUE ll`" : "");
        }
        return (int) value;
    }

    /** A constant of 64 bits. */
    long imm64() throws Mistake {
        return expressions.parse(in);
    }

    /** What follows a register in an address, in 16 bits. */
    int displacement16() throws Mistake {
        Token start = in.peek();
        long value = expressions.displacement(in);
        if (value != (short) value) {
            throw new Mistake(start, "the displacement " + value + " is not within -32768 to 32767", "");
        }
        return (int) value;
    }

    /** What follows a register in an address, in 32 bits. */
    int displacement32() throws Mistake {
        Token start = in.peek();
        long value = expressions.displacement(in);
        if (value != (int) value) {
            throw new Mistake(start, "the displacement " + value + " does not fit in 32 bits", "");
        }
        return (int) value;
    }

    /** {@code *(u32 *)}, the star being optional where a pointer is meant. */
    Token pointerType(boolean dereferenced) throws Mistake {
        if (dereferenced) {
            in.expect("*");
        }
        in.expect("(");
        Token type = in.take();
        in.expect("*");
        in.expect(")");
        return type;
    }

    /** {@code (r1 + 8)} after its type. */
    Memory memoryAfter(Token type) throws Mistake {
        int size = sizeOf(type);
        in.expect("(");
        int register = register(true);
        int offset = displacement16();
        in.expect(")");
        return new Memory(size, type.text().startsWith("s"), type, register, offset);
    }

    /** {@code *(u32 *)(r1 + 8)} or, not dereferenced, {@code (u32 *)(r1 + 8)}; unsigned. */
    Memory memory(boolean dereferenced) throws Mistake {
        Token type = pointerType(dereferenced);
        if (type.text().startsWith("s")) {
            throw new Mistake(
                    type, "only loads have a sign", "write u" + type.text().substring(1));
        }
        return memoryAfter(type);
    }

    /** BPF_B to BPF_DW for {@code u8} to {@code u64}, {@code s8} to {@code s32}. */
    static int sizeOf(Token type) throws Mistake {
        return switch (type.text()) {
            case "u8", "s8" -> BPF_B;
            case "u16", "s16" -> BPF_H;
            case "u32", "s32" -> BPF_W;
            case "u64" -> BPF_DW;
            default ->
                throw new Mistake(
                        type, "expected a type, found " + type.described(), "u8, u16, u32, u64, s8, s16 or s32");
        };
    }
}
