package dev.skep.verifier.repair;

import dev.skep.object.program.FunctionSpec;
import dev.skep.verifier.Place;
import dev.skep.verifier.explain.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The function of the source in which a line is written. An object does not tell of functions that were inlined: their lines are
 * those before the function that the instructions belong to, and neighbours are of one body.
 */
final class SourceScope {
    /** Between statements of two functions there are a closing brace, a head and most often an empty line. */
    private static final int NEIGHBOURS = 3;

    private final Source source;
    private final Place place;

    SourceScope(Source source, Place place) {
        this.source = source;
        this.place = place;
    }

    /** True if the line is one of the function that the instruction is in, false if it is one of an inlined function. */
    boolean isOwn() {
        return place.hasLine() && firstLine() > 0;
    }

    /** Recorded lines of the function that the line is written in, the nearest first. */
    List<FunctionSpec.Line> lines() {
        int first = firstLine();
        List<FunctionSpec.Line> found = new ArrayList<>();
        if (first > 0) {
            source.lines().stream()
                    .filter(line -> line.file().equals(place.file()) && line.line() >= first)
                    .forEach(found::add);
        } else {
            TreeMap<Integer, FunctionSpec.Line> file = new TreeMap<>();
            source.lines().stream()
                    .filter(line -> line.file().equals(place.file()))
                    .forEach(line -> file.put(line.line(), line));
            found.addAll(neighbours(file, true));
            found.addAll(neighbours(file.descendingMap(), false));
        }
        found.sort(Comparator.comparingInt(line -> Math.abs(line.line() - place.line())));
        return found;
    }

    /** Lines from the place on in the direction of {@code file}, up to where another function begins or ends. */
    private List<FunctionSpec.Line> neighbours(SortedMap<Integer, FunctionSpec.Line> file, boolean itself) {
        List<FunctionSpec.Line> found = new ArrayList<>();
        int last = place.line();
        for (FunctionSpec.Line line : file.tailMap(place.line()).values()) {
            if (isOtherBody(last, line.line(), line.text())) {
                break;
            }
            last = line.line();
            if (itself || line.line() != place.line()) {
                found.add(line);
            }
        }
        return found;
    }

    /** Whether a line, the next recorded one before or after another, is one of another function or of a function's border. */
    static boolean isOtherBody(int line, int next, String text) {
        return Math.abs(next - line) > NEIGHBOURS || text.matches("[\\w}].*");
    }

    /** Where the function begins that the instruction is in; 0 if the line is not one of its own. */
    private int firstLine() {
        return source.functions().stream()
                .filter(start -> start.name().equals(place.function()))
                .flatMap(start -> source.lines().stream().filter(line -> line.slot() == start.slot()))
                .filter(line -> line.file().equals(place.file()))
                .mapToInt(FunctionSpec.Line::line)
                .filter(line -> line <= place.line())
                .findFirst()
                .orElse(0);
    }
}
