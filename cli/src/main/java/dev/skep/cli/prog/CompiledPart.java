package dev.skep.cli.prog;

import dev.skep.linux.info.ProgramCode;
import dev.skep.linux.info.ProgramCode.CompiledFunction;
import dev.skep.object.program.FunctionSpec.Line;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A function's machine code with what the kernel tells of it.
 *
 * @param name as in the source, "" if the program was loaded without BTF @param lines in the order of their code
 */
record CompiledPart(CompiledFunction function, String name, List<Start> lines) {
    /** Where a source line's code begins. @param offset in bytes from the function's beginning */
    record Start(int offset, Line line) {}

    /** All of a program. */
    static List<CompiledPart> of(ProgramCode code) {
        List<CompiledPart> parts = new ArrayList<>();
        for (int i = 0; i < code.compiled().size(); i++) {
            CompiledFunction function = code.compiled().get(i);
            String name = i < code.functions().size() ? code.functions().get(i).name() : "";
            parts.add(new CompiledPart(function, name, lines(code, function)));
        }
        return parts;
    }

    private static List<Start> lines(ProgramCode code, CompiledFunction function) {
        List<Start> lines = new ArrayList<>();
        for (int i = 0; i < Math.min(code.lines().size(), code.lineAddresses().size()); i++) {
            long offset = code.lineAddresses().get(i) - function.address();
            if (offset >= 0 && offset < function.code().length()) {
                lines.add(new Start((int) offset, code.lines().get(i)));
            }
        }
        lines.sort(Comparator.comparing(Start::offset)); // lines of one offset stay in their order
        return lines;
    }

    /** The symbol that /proc/kallsyms and perf have for it: {@code bpf_prog_TAG_NAME} (bpf_get_prog_name, kernel/bpf/core.c). */
    String symbol() {
        return "bpf_prog_" + function.tag() + (name.isEmpty() ? "" : "_" + name);
    }
}
