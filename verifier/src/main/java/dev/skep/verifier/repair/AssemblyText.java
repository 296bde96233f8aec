package dev.skep.verifier.repair;

import dev.skep.object.instruction.Disassembler;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.TextStyle;
import dev.skep.verifier.Fix;
import dev.skep.verifier.Place;
import dev.skep.verifier.explain.Source;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Changes of a program that was not written in C, as instructions. */
final class AssemblyText {
    private static final Pattern LABEL = Pattern.compile("^(\\s*[A-Za-z_.][\\w.]*:)(\\s*)(.*)$");
    private static final String INDENTATION = "        ";

    private AssemblyText() {}

    /** A fix for each change. @param source of the program before the change */
    static List<Fix> fixes(EditedImage edited, Source source, String description) {
        return edited.changes().stream()
                .map(change -> fix(change, source.at(change.slot()), description))
                .toList();
    }

    private static Fix fix(EditedImage.Change change, Place place, String description) {
        String code = change.instructions().stream().map(AssemblyText::line).collect(Collectors.joining("\n"));
        Matcher label = LABEL.matcher(place.text());
        if (label.matches() && !label.group(3).isBlank()) {
            String rest = change.replaces() ? "" : "\n" + INDENTATION + label.group(3);
            return new Fix(place, description, label.group(1) + "\n" + code + rest, true, false);
        }
        return new Fix(place, description, code, change.replaces(), false);
    }

    private static String line(Instruction instruction) {
        return INDENTATION + Disassembler.text(instruction, TextStyle.EXACT);
    }
}
