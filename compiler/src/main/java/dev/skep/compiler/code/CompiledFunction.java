package dev.skep.compiler.code;

import dev.skep.compiler.ir.FieldPath;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Position;
import dev.skep.object.btf.CoreRelocationKind;
import dev.skep.object.instruction.Instructions;
import java.util.List;

/**
 * A function as BPF instructions, with what has to be filled in and where each came from. Slots count from the function's start.
 *
 * @param references by slot, ascending
 * @param lines from each slot on, the code belongs to that position; ascending, the first at slot 0
 * @param relocations to be done where the program is loaded, ascending
 */
public record CompiledFunction(
        Function function,
        Instructions instructions,
        List<SymbolReference> references,
        List<Line> lines,
        List<Relocation> relocations) {
    public CompiledFunction {
        references = List.copyOf(references);
        lines = List.copyOf(lines);
        relocations = List.copyOf(relocations);
    }

    /** The instruction at {@code slot} refers to {@code symbol}. */
    public record SymbolReference(int slot, Symbol symbol) {}

    /** From {@code slot} on, the code comes from {@code position}. */
    public record Line(int slot, Position position) {}

    /** The instruction at {@code slot} holds a number that depends on the kernel (CO-RE). */
    public record Relocation(int slot, CoreRelocationKind kind, FieldPath path) {}
}
