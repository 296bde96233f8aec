package dev.skep.object.instruction;

/** Which text {@link Disassembler} writes. The assembler reads all of them. */
public enum TextStyle {
    /**
     * What {@code llvm-objdump-19 -d} prints: 64-bit register names in loads and stores of any size. The exceptions, valid
     * instructions LLVM 19 does not know or mistakes for others, are listed at {@link Disassembler}.
     */
    LLVM,
    /**
     * What {@code llvm-objdump-19 -d --mcpu=v3} prints, and LLVM 20 and later without being asked: loads and stores of 1, 2
     * and 4 bytes name 32-bit registers.
     */
    LLVM_ALU32,
    /**
     * Text that means one encoding only: as {@link #LLVM} where that is so already; what LLVM leaves out is added, and an
     * invalid instruction becomes a {@code .raw} directive. Assembling it gives the same instruction, always.
     */
    EXACT
}
