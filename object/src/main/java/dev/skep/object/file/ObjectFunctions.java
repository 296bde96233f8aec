package dev.skep.object.file;

import dev.skep.object.elf.Section;
import dev.skep.object.elf.Symbol;
import dev.skep.object.program.ProgramSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The functions of a file by their places, and which of them are entry points. */
final class ObjectFunctions {
    /** A function's place. @param offset bytes from the start of the section @param length in bytes */
    record Place(Symbol symbol, Section section, int offset, int length) {}

    private record Start(int section, long offset) {}

    private final List<Place> places = new ArrayList<>();
    private final Map<Start, Integer> byStart = new HashMap<>();
    private final Map<Start, ProgramSpec> programByStart = new HashMap<>();
    private final List<ProgramSpec> programs = new ArrayList<>();

    /** Adds a function; of several at one place (aliases) references mean the first. */
    int add(Place place) {
        places.add(place);
        byStart.putIfAbsent(new Start(place.section().index(), place.offset()), places.size() - 1);
        return places.size() - 1;
    }

    void addProgram(ProgramSpec program) {
        Place place = places.get(program.function());
        programs.add(program);
        programByStart.putIfAbsent(new Start(place.section().index(), place.offset()), program);
    }

    /** By index, as {@code BpfObject.functions()}. */
    List<Place> places() {
        return places;
    }

    List<ProgramSpec> programs() {
        return programs;
    }

    /** The index of the function that starts exactly there. */
    OptionalInt startingAt(int section, long offset) {
        Integer index = byStart.get(new Start(section, offset));
        return index == null ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /** The program whose entry function starts exactly there. */
    Optional<ProgramSpec> programAt(int section, long offset) {
        return Optional.ofNullable(programByStart.get(new Start(section, offset)));
    }
}
