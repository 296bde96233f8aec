package dev.skep.object.image;

import dev.skep.object.instruction.Instructions;
import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.Reference;
import java.util.List;

/**
 * A program put together: the entry function followed by every function it reaches, in libbpf's order, with CO-RE
 * relocations applied and calls resolved. Only references that a host must fill in remain (maps, globals, externs).
 *
 * @param spec the program this is the code of
 * @param instructions all functions, one after the other
 * @param references what the host fills in: Map, MapValue, ExternVariable, KernelFunctionCall, ArenaVariable
 * @param functions where each function starts, ascending; the first starts at slot 0
 * @param lines source lines by slot, ascending
 */
public record ProgramImage(
        ProgramSpec spec,
        Instructions instructions,
        List<Reference> references,
        List<FunctionStart> functions,
        List<FunctionSpec.Line> lines) {
    public ProgramImage {
        references = List.copyOf(references);
        functions = List.copyOf(functions);
        lines = List.copyOf(lines);
    }

    /** A function's place. @param function index into {@code BpfObject.functions()} @param slot its first slot */
    public record FunctionStart(int function, int slot, String name) {}
}
