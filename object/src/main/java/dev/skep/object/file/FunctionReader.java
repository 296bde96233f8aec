package dev.skep.object.file;

import dev.skep.object.instruction.Instructions;
import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.FunctionSpec.Linkage;
import dev.skep.object.program.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Decodes the functions that were found, each with what it refers to and what BTF says about it. */
final class FunctionReader {
    private final ObjectInput input;
    private final ObjectFunctions functions;
    private final ObjectMaps maps;
    private final Externs externs;
    private final CodeNotes notes;
    private final Map<Integer, byte[]> code = new HashMap<>();

    FunctionReader(ObjectInput input, ObjectFunctions functions, ObjectMaps maps, Externs externs) {
        this.input = input;
        this.functions = functions;
        this.maps = maps;
        this.externs = externs;
        this.notes = new CodeNotes(input.btfExt());
    }

    List<FunctionSpec> read() {
        List<FunctionSpec> specs = new ArrayList<>();
        for (int i = 0; i < functions.places().size(); i++) {
            ObjectFunctions.Place place = functions.places().get(i);
            int first = functions
                    .startingAt(place.section().index(), place.offset())
                    .orElseThrow();
            specs.add(first < i ? alias(specs.get(first), place) : read(place));
        }
        return specs;
    }

    private FunctionSpec read(ObjectFunctions.Place place) {
        String section = place.section().name();
        byte[] bytes = code.computeIfAbsent(
                place.section().index(), ignored -> place.section().content().toArray());
        Instructions instructions = Instructions.decode(
                bytes,
                place.offset(),
                place.length(),
                input.where().section(section + ", function " + place.symbol().name()));
        List<FunctionSpec.Line> lines = notes.linesOf(section, place.offset(), place.length());
        List<Reference> references =
                new ReferenceReader(input, functions, maps, externs, place, instructions, lines).read();
        return new FunctionSpec(
                place.symbol().name(),
                section,
                place.offset(),
                linkage(place),
                notes.typeAt(section, place.offset()),
                instructions,
                references,
                lines,
                notes.coreSitesOf(section, place.offset(), place.length()));
    }

    /** Another name for the same code shares everything else. */
    private static FunctionSpec alias(FunctionSpec first, ObjectFunctions.Place place) {
        return new FunctionSpec(
                place.symbol().name(),
                first.section(),
                first.sectionOffset(),
                linkage(place),
                first.typeId(),
                first.instructions(),
                first.references(),
                first.lines(),
                first.coreRelocations());
    }

    private static Linkage linkage(ObjectFunctions.Place place) {
        if (!place.symbol().isGlobal()) {
            return Linkage.STATIC;
        }
        return place.symbol().isHidden() ? Linkage.HIDDEN : Linkage.GLOBAL;
    }
}
