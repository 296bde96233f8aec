package dev.skep.lang.context;

import dev.skep.lang.Context;
import dev.skep.lang.KernelName;
import dev.skep.lang.NotInJavaException;

/** The registers of an x86-64 processor: {@code struct pt_regs} of asm/ptrace.h. */
@KernelName("pt_regs")
public final class PtRegs extends Context {
    long r15;
    long r14;
    long r13;
    long r12;
    long rbp;
    long rbx;
    long r11;
    long r10;
    long r9;
    long r8;
    long rax;
    long rcx;
    long rdx;
    long rsi;
    long rdi;
    long orig_rax;
    long rip;
    long cs;
    long eflags;
    long rsp;
    long ss;

    /** An argument of the function that was entered. @param index 0 to 5, a constant */
    public long argument(int index) {
        throw new NotInJavaException("argument");
    }

    /** What the function returned. */
    public long result() {
        return rax;
    }

    /** Where the function was entered or left. */
    public long instructionPointer() {
        return rip;
    }

    /** Where the stack ends. */
    public long stackPointer() {
        return rsp;
    }
}
