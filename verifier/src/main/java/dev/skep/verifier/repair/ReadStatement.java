package dev.skep.verifier.repair;

import dev.skep.verifier.Fix;
import dev.skep.verifier.Place;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An assignment that reads through a pointer, written with a helper that copies. */
final class ReadStatement {
    private static final Pattern ACCESS = Pattern.compile(
            "([A-Za-z_]\\w*(?:->\\w+|\\[[^\\]]+])(?:->\\w+|\\.\\w+|\\[[^\\]]+])*|\\*\\s*[A-Za-z_]\\w*)");
    private static final Pattern DECLARATION =
            Pattern.compile("^(\\s*)((?:const |volatile |unsigned |struct )*\\w+(?: \\*+| ))\\s*(\\w+)\\s*=\\s*(.+);$");
    private static final Pattern ASSIGNMENT = Pattern.compile("^(\\s*)([A-Za-z_][\\w.>\\[\\]-]*)\\s*=\\s*(.+);$");
    private static final String SUFFIX = "_read";

    private final Place place;
    private final String helper;
    private final SourceEdits edits;

    ReadStatement(Place place, String helper, SourceEdits edits) {
        this.place = place;
        this.helper = helper;
        this.edits = edits;
    }

    /** The line, and what comes before the statement if that begins on another line. */
    List<Fix> fixes(String description) {
        Fix whole = whole(description);
        if (!whole.code().isEmpty()) {
            return List.of(whole);
        }
        String line = SourceEdits.withoutComment(place.text());
        Optional<MatchResult> access = access(line);
        if (access.isEmpty() || edits.beginsAt(place)) {
            return List.of(whole);
        }
        String read = access.get().group(1);
        String variable = variable(read);
        String changed = line.substring(0, access.get().start())
                + variable
                + line.substring(access.get().end());
        Fix before =
                edits.before(place, description, "typeof(" + read + ") " + variable + " = 0;", read(variable, read));
        Fix use = SourceEdits.replace(place, "use what was copied", changed);
        return before.code().isEmpty() || use.code().isEmpty() ? List.of(whole) : List.of(before, use);
    }

    private Fix whole(String description) {
        String line = SourceEdits.withoutComment(place.text());
        Matcher declaration = DECLARATION.matcher(line);
        if (declaration.matches() && ACCESS.matcher(declaration.group(4)).matches()) {
            String variable = declaration.group(3);
            String indentation = declaration.group(1);
            String declared = indentation + declaration.group(2) + variable + " = 0;";
            return SourceEdits.replace(
                    place, description, declared + "\n" + indentation + read(variable, declaration.group(4)));
        }
        Matcher assignment = ASSIGNMENT.matcher(line);
        if (assignment.matches() && ACCESS.matcher(assignment.group(3)).matches()) {
            String code = assignment.group(1) + read(assignment.group(2), assignment.group(3));
            return SourceEdits.replace(place, description, code);
        }
        return copied(description);
    }

    /** What the line reads is copied to a variable of its own, in a block around the line. */
    private Fix copied(String description) {
        String line = SourceEdits.withoutComment(place.text());
        Optional<MatchResult> found = access(line);
        boolean whole = line.strip().endsWith(";") || line.strip().matches("if \\(.*\\)(?: \\{)?");
        boolean simple = found.isPresent()
                && whole
                && edits.beginsAt(place)
                && !line.strip().matches("(?:for|while|else|}).*");
        if (!simple) {
            return new Fix(place, description, "", false, false);
        }
        MatchResult access = found.get();
        String read = access.group(1);
        String indentation = SourceEdits.indentation(line);
        String variable = variable(read);
        String rest = line.substring(0, access.start()) + variable + line.substring(access.end());
        return SourceEdits.replace(
                place,
                description,
                indentation + "typeof(" + read + ") " + variable + " = 0;\n" + indentation + read(variable, read) + "\n"
                        + rest);
    }

    /** The first access that ends at the column or behind. */
    private Optional<MatchResult> access(String line) {
        return ACCESS.matcher(line)
                .results()
                .filter(access -> access.end() >= Math.max(0, place.column() - 1))
                .findFirst();
    }

    private static String variable(String read) {
        return read.replaceAll("\\W+", "_").replaceAll("^_|_$", "") + SUFFIX;
    }

    private String read(String variable, String from) {
        String address = from.startsWith("*") ? from.substring(1).strip() : "&" + from;
        return helper + "(&" + variable + ", sizeof(" + variable + "), " + address + ");";
    }
}
