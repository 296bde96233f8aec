package dev.skep.trace.print;

import java.util.Optional;

/** Turns addresses of code into names. What it reads it keeps. */
public interface Symbols {
    /**
     * A name for an address.
     *
     * @param name of the function, as the source has it
     * @param offset of the address from the function's start
     * @param module the file or the kernel's module it is from; empty for the kernel itself
     */
    record Symbol(String name, long offset, String module) {}

    /** The kernel's function at an address. */
    Optional<Symbol> kernel(long address);

    /** A process's function at an address; empty too if the process has ended and was not seen before. */
    Optional<Symbol> user(int pid, long address);
}
