package dev.skep.compiler.code;

import dev.skep.compiler.ir.Function;

/** What an instruction refers to by name until the object is put together. */
public sealed interface Symbol {
    /** {@code lddw} of a map. */
    record Map(String name) implements Symbol {}

    /** {@code lddw} of the address of a global. */
    record Global(String section, int offset) implements Symbol {}

    /** {@code call} of a function of the unit. */
    record Call(Function function) implements Symbol {}

    /** {@code lddw} of the address of a function of the unit. */
    record FunctionAddress(Function function) implements Symbol {}

    /** {@code call} of a function of the kernel. */
    record KernelFunction(String name) implements Symbol {}

    /** {@code lddw} of the address of a function of the kernel, 0 if it is not there. */
    record KernelFunctionAddress(String name) implements Symbol {}
}
