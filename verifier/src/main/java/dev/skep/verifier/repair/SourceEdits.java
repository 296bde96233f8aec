package dev.skep.verifier.repair;

import dev.skep.object.program.FunctionSpec;
import dev.skep.verifier.Fix;
import dev.skep.verifier.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Changes of C source, known only by the lines that became code. A statement can be put before a line only where a statement begins:
 * not in the middle of one, not before an {@code else}, not into a body without braces.
 */
final class SourceEdits {
    private static final Pattern LABEL = Pattern.compile("^(\\s*(?:case\\b[^:?]*|default\\s*):(?!:))(.*)$");
    private static final Pattern OPEN_HEAD =
            Pattern.compile("^(?:}\\s*)?(?:else\\s+)?(?:if|for|while)\\s*\\(.*\\)$|^}?\\s*else$");

    /** What begins a statement as well as it goes on with one: {@code *p = 1;}, {@code ++i;}. */
    private static final Pattern MAY_BEGIN = Pattern.compile("(?:\\*|\\+\\+|--).*");

    private static final Pattern EXPRESSION = Pattern.compile(
            "(?!return\\b|goto\\b|break\\b|continue\\b|if\\b|for\\b|while\\b|else\\b|case\\b|do\\b)[\\w*(+-][^{}]*;");

    /** What a line declares begins with a type and then a name. */
    private static final Pattern DECLARATION =
            Pattern.compile("^(?:\\w+\\s+)+\\**\\w+\\s*(?:[=;,\\[]|$)|^\\w+\\s*\\*+\\w+\\s*[=;]");

    private static final Pattern DECLARED = Pattern.compile("^(?:\\w+[\\s*]+)+\\**(\\w+)\\s*=(?!=)");
    private static final Pattern NAME = Pattern.compile("(?<![\\w.>])[A-Za-z_]\\w*");
    private static final int LONGEST_STATEMENT = 12;

    /** Declarations further down than this are not looked for. */
    private static final int NEAR = 20;

    private final List<FunctionSpec.Line> lines;

    SourceEdits(List<FunctionSpec.Line> lines) {
        this.lines = lines;
    }

    /** True if the place is a line of C. */
    static boolean isC(Place place) {
        return place.hasLine() && place.file().matches(".*\\.(?:c|h|cc|cpp|hpp)");
    }

    /**
     * Keeps the line at {@code place} from being reached if {@code condition} holds: by leaving the function before it, or, in a
     * function that perhaps returns nothing, by passing over the line.
     */
    Fix guard(Place place, String description, String condition, SafeReturn leaving) {
        boolean passOver = !leaving.isKnown() && isExpression(place);
        return passOver
                ? instead(place, description, "\t" + place.text(), "if (" + negated(condition) + ")")
                : before(place, description, "if (" + condition + ")", "\t" + leaving.text());
    }

    /** The opposite of a condition. */
    static String negated(String condition) {
        return condition.matches("!\\w+") ? condition.substring(1) : "!(" + condition + ")";
    }

    /** The line is one whole statement that neither declares something nor goes elsewhere. */
    boolean isExpression(Place place) {
        String text = code(place.text());
        return isC(place)
                && EXPRESSION.matcher(text).matches()
                && !DECLARATION.matcher(text).find()
                && beginsAt(place);
    }

    /** A statement begins on the line. */
    boolean beginsAt(Place place) {
        return statementStart(file(place), place.line()) == place.line();
    }

    /** {@code statements} before the line at {@code place}; without code if they cannot be written there. */
    Fix before(Place place, String description, String... statements) {
        if (!isC(place)) {
            return new Fix(place, description, "", false, false);
        }
        TreeMap<Integer, String> file = file(place);
        Place start = at(place, afterDeclarations(file, statementStart(file, place.line()), statements), file);
        String text = start.text();
        String indentation = indentation(text);
        String added = lines(indentation, statements);
        Matcher label = LABEL.matcher(text);
        if (label.matches() && !label.group(2).isBlank()) {
            String inner = indentation + "\t";
            return new Fix(
                    start,
                    description,
                    label.group(1) + "\n" + lines(inner, statements) + "\n" + inner
                            + label.group(2).strip(),
                    true,
                    false);
        }
        boolean closes = text.strip().startsWith("}") && !code(text).equals("}");
        if (label.matches() || closes || text.strip().startsWith("else")) {
            return new Fix(place, description, "", false, false);
        }
        if (isBodyWithoutBraces(file, start.line())) {
            if (!code(text).endsWith(";")) {
                return new Fix(place, description, "", false, false);
            }
            return new Fix(
                    start,
                    description,
                    indentation + "{\n" + added + "\n" + text + "\n" + indentation + "}",
                    true,
                    false);
        }
        return new Fix(start, description, added, false, false);
    }

    /** {@code statements} and then {@code text} for the line at {@code place}, which is where a statement begins. */
    Fix instead(Place place, String description, String text, String... statements) {
        String indentation = indentation(place.text());
        String code = lines(indentation, statements) + "\n" + text;
        return isBodyWithoutBraces(file(place), place.line())
                ? new Fix(place, description, indentation + "{\n" + code + "\n" + indentation + "}", true, false)
                : new Fix(place, description, code, true, false);
    }

    /** Another text for the line at {@code place}; the same text means that it cannot be said. */
    static Fix replace(Place place, String description, String text) {
        return isC(place) && !text.equals(place.text())
                ? new Fix(place, description, text, true, false)
                : new Fix(place, description, "", false, false);
    }

    private static String lines(String indentation, String... statements) {
        return indentation + String.join("\n" + indentation, statements);
    }

    static String indentation(String text) {
        return text.substring(0, text.length() - text.stripLeading().length());
    }

    private TreeMap<Integer, String> file(Place place) {
        TreeMap<Integer, String> file = new TreeMap<>();
        lines.stream()
                .filter(line -> line.file().equals(place.file()))
                .forEach(line -> file.put(line.line(), line.text()));
        file.put(place.line(), place.text());
        return file;
    }

    private static Place at(Place place, int line, TreeMap<Integer, String> file) {
        return line == place.line()
                ? place
                : new Place(place.instruction(), place.function(), place.file(), line, 0, file.getOrDefault(line, ""));
    }

    /** The line where the statement begins that goes through {@code line}. */
    private static int statementStart(TreeMap<Integer, String> file, int line) {
        int start = line;
        while (continues(file, start)) {
            Integer previous = file.lowerKey(start);
            if (previous == null || line - previous > LONGEST_STATEMENT) {
                break;
            }
            start = previous;
        }
        return start;
    }

    /**
     * The first line from {@code line} on where all that {@code statements} name is declared: compilers move instructions before
     * declarations.
     */
    private static int afterDeclarations(TreeMap<Integer, String> file, int line, String... statements) {
        Set<String> names = NAME.matcher(String.join("\n", statements))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
        NAME.matcher(file.getOrDefault(line, ""))
                .results()
                .map(MatchResult::group)
                .forEach(names::remove);
        int from = line;
        int last = line;
        for (Map.Entry<Integer, String> entry :
                file.subMap(line, true, line + NEAR, true).entrySet()) {
            if (SourceScope.isOtherBody(last, entry.getKey(), entry.getValue())) {
                break;
            }
            last = entry.getKey();
            if (declares(code(entry.getValue()), names)) {
                from = Optional.ofNullable(file.higherKey(entry.getKey())).orElse(line);
            }
        }
        return from;
    }

    private static boolean declares(String text, Set<String> names) {
        Matcher declaration = DECLARED.matcher(text);
        return declaration.find()
                && !text.matches("(?:return|goto|else|case)\\b.*")
                && names.contains(declaration.group(1));
    }

    private static boolean continues(TreeMap<Integer, String> file, int line) {
        String text = code(file.getOrDefault(line, ""));
        boolean beginsInside = text.matches("(?:&&|\\|\\||[?:.,+*/|^)<>=]|-[^-]|&[^\\w(]).*");
        int open = 0;
        for (char c : text.toCharArray()) {
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
        }
        String previous = code(Optional.ofNullable(file.get(line - 1)).orElse(""));
        boolean previousGoesOn = previous.matches(".*(?:[,=(+*/?|^<>-]|[^&]&|&&)$") && !previous.startsWith("#");
        boolean previousEnds = previous.matches("|.*[;{}:]");
        return previousGoesOn
                || open < 0
                || (beginsInside && !(MAY_BEGIN.matcher(text).matches() && previousEnds));
    }

    /** The line without a comment at its end, and without spaces around. */
    static String code(String text) {
        return withoutComment(text).strip();
    }

    /** The line without a comment at its end. */
    static String withoutComment(String text) {
        return text.replaceFirst("//[^\"]*$", "")
                .replaceFirst("/\\*.*\\*/\\s*$", "")
                .stripTrailing();
    }

    /** Under a head without braces; also of an {@code else}, which is no code: then another body of the same depth precedes it. */
    private static boolean isBodyWithoutBraces(TreeMap<Integer, String> file, int line) {
        int depth = indentation(file.getOrDefault(line, "")).length();
        if (DECLARATION.matcher(code(file.getOrDefault(line, ""))).find()) {
            return false;
        }
        Map.Entry<Integer, String> outer = file.lowerEntry(line);
        while (outer != null && indentation(outer.getValue()).length() >= depth && line - outer.getKey() <= NEAR) {
            outer = file.lowerEntry(outer.getKey());
        }
        boolean single = code(file.getOrDefault(line, "")).endsWith(";");
        return outer != null
                && (outer.getKey() == line - 1 || single)
                && OPEN_HEAD.matcher(code(outer.getValue())).matches()
                && indentation(outer.getValue()).length() < depth;
    }
}
