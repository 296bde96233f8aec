package dev.skep.verifier.explain;

import dev.skep.object.BpfObject;
import dev.skep.object.btf.Btf;
import dev.skep.object.image.ProgramImage;
import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.ProgramType;
import dev.skep.verifier.Place;
import java.util.List;
import java.util.Optional;

/**
 * What an object says about a program's source: where each instruction comes from.
 *
 * @param type of the program
 * @param functions where each function starts, ascending
 * @param lines source lines by slot, ascending
 * @param types the object's
 */
public record Source(
        ProgramType type, List<ProgramImage.FunctionStart> functions, List<FunctionSpec.Line> lines, Btf types) {
    /** Nothing is known. */
    public static final Source NONE = new Source(ProgramType.UNSPEC, List.of(), List.of(), Btf.EMPTY);

    public Source {
        functions = List.copyOf(functions);
        lines = List.copyOf(lines);
    }

    /** What {@code image}, put together from {@code object}, says. */
    public static Source of(BpfObject object, ProgramImage image) {
        return new Source(
                object.program(image.spec().name()).orElse(image.spec()).type(),
                image.functions(),
                image.lines(),
                object.btf());
    }

    /** True if the program is written in Java. */
    public boolean isJava() {
        return lines.stream().anyMatch(line -> line.file().endsWith(".java"));
    }

    /** True if the place is not in the program's entry function, whose return value means something to the kernel. */
    public boolean isInCalledFunction(Place place) {
        return !functions.isEmpty()
                && !place.function().isEmpty()
                && !functions.getFirst().name().equals(place.function());
    }

    public SourceTypes variables() {
        return new SourceTypes(types, lines);
    }

    /** The function and line of the instruction at {@code slot}. */
    public Place at(int slot) {
        String function = functions.stream()
                .filter(start -> start.slot() <= slot)
                .reduce((_, later) -> later)
                .map(ProgramImage.FunctionStart::name)
                .orElse("");
        int start = functions.stream()
                .mapToInt(ProgramImage.FunctionStart::slot)
                .filter(first -> first <= slot)
                .max()
                .orElse(0);
        return line(slot)
                .filter(line -> line.slot() >= start)
                .map(line -> new Place(slot, function, line.file(), line.line(), line.column(), line.text()))
                .orElseGet(() -> Place.at(slot, function));
    }

    private Optional<FunctionSpec.Line> line(int slot) {
        int last = FunctionSpec.Line.lastAt(lines, slot);
        return last < 0 ? Optional.empty() : Optional.of(lines.get(last));
    }
}
