package dev.skep.trace.system;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The programs and libraries of the machine: what probes in processes ask. */
public interface Binaries {
    /**
     * A function.
     *
     * @param name as in the symbol table: {@code _Z3addii}
     * @param readable as it is in the source, with parameters: {@code add(int, int)}; the same as {@code name} if it is not mangled
     * @param address before the file is moved to where it is run
     * @param size in bytes; 0 if the table does not say
     */
    record Symbol(String name, String readable, long address, long size) {
        /** Whether the readable name matches: without its parameters, unless the pattern has a parenthesis. */
        public boolean reads(NamePattern pattern) {
            return pattern.matches(pattern.text().indexOf('(') >= 0 ? readable : withoutParameters());
        }

        /** {@code foo::bar} of {@code foo::bar(int) const}. */
        private String withoutParameters() {
            int depth = 0;
            for (int i = readable.length() - 1; i >= 0; i--) {
                char each = readable.charAt(i);
                if (each == ')') {
                    depth++;
                } else if (each == '(' && --depth == 0) {
                    return readable.substring(0, i);
                }
            }
            return readable;
        }
    }

    /**
     * A place where a static probe was compiled in.
     *
     * @param address of the instruction, before the file is moved
     * @param offset of the instruction in the file
     * @param semaphore of the counter in the file; 0 for none
     */
    record UsdtSite(
            String provider, String name, long address, long offset, long semaphore, List<UsdtArgument> arguments) {
        public UsdtSite {
            arguments = List.copyOf(arguments);
        }
    }

    /** An argument of a static probe. @param size 1, 2, 4 or 8 bytes @param signed whether it is to be widened with its sign */
    record UsdtArgument(int size, boolean signed, UsdtPlace place) {}

    /** Where an argument is when the probe is passed. Registers are offsets in {@code struct pt_regs}. */
    sealed interface UsdtPlace {
        /** Always this number. */
        record Constant(long value) implements UsdtPlace {}

        /** In a register. */
        record Register(int offset) implements UsdtPlace {}

        /** In the process's memory, at a register plus a number. */
        record Memory(int base, long displacement) implements UsdtPlace {}

        /** In the process's memory, at a register plus {@code scale} times another plus a number. */
        record IndexedMemory(int base, int index, int scale, long displacement) implements UsdtPlace {}
    }

    /**
     * The files that a probe's text names: a path, perhaps with {@code *}, a program on the {@code PATH}, or a library by name
     * ({@code libc}, {@code libc.so.6}).
     *
     * @param pid the process whose files and root directory count; empty for the machine's
     * @return none if there is none
     */
    List<String> find(String name, OptionalInt pid);

    /** Whether a file is a program or library. */
    default boolean isBinary(String path) {
        return true;
    }

    /** The files a process has mapped as code, its program first; none if it has ended. */
    List<String> mapped(int pid);

    /** The files that any process has mapped as code, each once. */
    List<String> mappedByAll();

    /** The functions whose name in the symbol table matches, in the table's order; those at one address once for each name. */
    List<Symbol> symbols(String path, NamePattern name);

    /** The functions of C++ whose readable name matches: without its parameters, unless the pattern has a parenthesis. */
    List<Symbol> cppSymbols(String path, NamePattern name);

    /** The function with this name in the symbol table. */
    Optional<Symbol> symbol(String path, String name);

    /** A variable or function by its exact name, and how large it is: of {@code uaddr}. */
    Optional<Symbol> object(String path, String name);

    /** Whether one program can be attached to many functions of a file at once ({@code uprobe.multi}). */
    default boolean areAttachedTogether() {
        return false;
    }

    /** What compilers wrote down of a program or library; empty if it has nothing of that. */
    default Optional<DebugTypes> types(String path) {
        return Optional.empty();
    }

    /** The static probes, in the file's order. */
    List<UsdtSite> usdt(String path);
}
