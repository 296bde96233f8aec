package dev.skep.compiler.assembly;

import dev.skep.compiler.code.CompiledFunction;
import dev.skep.compiler.ir.Position;
import dev.skep.object.program.FunctionSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Line information: from which line of the source each instruction comes, with the line's text. */
final class SourceText {
    private final Map<String, List<String>> sources;
    private final boolean isAnyKnown;

    /** @param sources the lines of files by name */
    SourceText(Map<String, List<String>> sources, List<CompiledFunction> functions) {
        this.sources = sources;
        this.isAnyKnown = functions.stream()
                .anyMatch(f -> f.lines().stream().anyMatch(l -> l.position().isKnown()));
    }

    /**
     * A function's lines; code from nowhere counts to the line before it. The kernel takes lines for all functions of a program or
     * for none, and wants one for the first instruction of each, so that one may be line 0.
     */
    List<FunctionSpec.Line> lines(CompiledFunction function) {
        List<FunctionSpec.Line> lines = new ArrayList<>();
        if (!isAnyKnown) {
            return lines;
        }
        Position last = function.function().position();
        boolean startsKnown = !function.lines().isEmpty()
                && function.lines().getFirst().slot() == 0
                && function.lines().getFirst().position().isKnown();
        if (!startsKnown) {
            lines.add(line(0, last));
        }
        for (CompiledFunction.Line line : function.lines()) {
            boolean isNew = lines.isEmpty() || !line.position().equals(last);
            if (line.position().isKnown() && isNew) {
                lines.add(line(line.slot(), line.position()));
                last = line.position();
            }
        }
        return lines;
    }

    private FunctionSpec.Line line(int slot, Position position) {
        return new FunctionSpec.Line(slot, position.file(), position.line(), position.column(), text(position));
    }

    private String text(Position position) {
        List<String> lines = sources.getOrDefault(position.file(), List.of());
        return position.isKnown() && position.line() <= lines.size() ? lines.get(position.line() - 1) : "";
    }
}
