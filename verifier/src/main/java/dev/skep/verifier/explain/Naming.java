package dev.skep.verifier.explain;

import dev.skep.verifier.HistoryEntry.Event;
import dev.skep.verifier.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what the source calls a value, in the text of the lines where it is set and used. */
public final class Naming {
    private static final Pattern ASSIGNMENT =
            Pattern.compile("(?:^|[\\s*;{(])([A-Za-z_]\\w*(?:(?:->|\\.)\\w+)*)\\s*(?:[-+*/&|^]|<<|>>)?=(?!=)");
    private static final Pattern INDEX = Pattern.compile("\\[\\s*(\\*?[A-Za-z_][\\w.>-]*)[^\\]]*]");
    private static final Pattern DEREFERENCE =
            Pattern.compile("([A-Za-z_]\\w*)\\s*(?:->|\\[)|\\*\\s*\\(?\\s*([A-Za-z_]\\w*)");
    private static final Pattern COMPARED =
            Pattern.compile("([A-Za-z_][\\w.]*(?:->\\w+)*)\\s*(?:[<>]=?|==|!=)(?![<>])");
    private static final Set<String> NO_VARIABLES = Set.of(
            "int",
            "u8",
            "u16",
            "u32",
            "u64",
            "long",
            "char",
            "void",
            "struct",
            "__u8",
            "__u16",
            "__u32",
            "__u64",
            "if",
            "return",
            "while",
            "for",
            "sizeof",
            "__s32",
            "__s64",
            "s32",
            "s64",
            "unsigned",
            "const",
            "static");

    private Naming() {}

    /** The variable a line assigns to. */
    public static Optional<String> assigned(Place place) {
        Matcher matcher = ASSIGNMENT.matcher(place.text());
        return matcher.find() ? variable(matcher.group(1)) : Optional.empty();
    }

    /** The first variable a line compares. */
    public static Optional<String> compared(Place place) {
        Matcher matcher = COMPARED.matcher(place.text());
        return matcher.find() ? variable(matcher.group(1)) : Optional.empty();
    }

    /**
     * Whether a comparison can be one that a line makes: compilers that join two conditions give the jump the line of either.
     *
     * @param name what is compared, "" if it is a pointer with the packet's end
     */
    static boolean mayCompare(Place place, String name) {
        String text = place.text().replaceAll("->|<<|>>", " ");
        boolean condition = text.matches("\\s*(?:}\\s*)?(?:else\\s+)?if\\s*\\(.*");
        boolean macro = text.matches(".*\\b[A-Z][A-Z0-9_]+\\(.*");
        boolean order = text.matches(".*[<>].*");
        boolean named = !name.isEmpty() && text.matches(".*(?<![\\w.])" + Pattern.quote(name) + "\\b.*");
        return !condition || macro || order || named;
    }

    /** The variable that a line goes through with {@code ->}, {@code [} or {@code *}: the one at the column or the first after it. */
    public static Optional<String> dereferenced(Place place) {
        String text = place.text();
        Matcher matcher = DEREFERENCE.matcher(text);
        Optional<String> first = Optional.empty();
        while (matcher.find()) {
            Optional<String> name = variable(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
            if (name.isPresent() && matcher.end() >= place.column()) {
                return name;
            }
            first = first.isPresent() ? first : name;
        }
        return first;
    }

    /** The variable in the brackets of a line. */
    public static Optional<String> index(Place place) {
        Matcher matcher = INDEX.matcher(place.text());
        return matcher.find() ? variable(matcher.group(1)) : Optional.empty();
    }

    /** What a line passes as argument {@code number} of {@code callee}. */
    public static Optional<String> argument(Place place, String callee, int number) {
        int at = place.text().indexOf(callee + "(");
        if (at < 0) {
            return Optional.empty();
        }
        List<String> arguments = arguments(place.text().substring(at + callee.length() + 1));
        return number <= arguments.size() ? Optional.of(arguments.get(number - 1)) : Optional.empty();
    }

    private static List<String> arguments(String text) {
        List<String> arguments = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length() && depth >= 0; i++) {
            char c = text.charAt(i);
            depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
            if ((c == ',' && depth == 0) || depth < 0) {
                arguments.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        return arguments;
    }

    /** What the source calls the number that {@code chain} tells of; the place where it is used helps. */
    public static Optional<String> ofNumber(Chain chain, Place use) {
        return index(use).or(() -> assignedTo(chain, link -> link.value().isScalar()));
    }

    /** The variable to which the number that {@code chain} tells of was assigned. */
    public static Optional<String> assignedNumber(Chain chain) {
        return assignedTo(chain, link -> link.value().isScalar());
    }

    /**
     * What the source calls the pointer that {@code chain} tells of.
     *
     * @param write it is used to store something
     */
    public static Optional<String> ofPointer(Chain chain, Place use, boolean write) {
        return AccessText.in(use.text(), use.column(), write)
                .flatMap(access -> variable(access.base()))
                .or(() -> dereferenced(use))
                .or(() -> assignedTo(chain, _ -> true));
    }

    private static Optional<String> assignedTo(Chain chain, Predicate<Chain.Link> fits) {
        return chain.links().reversed().stream()
                .filter(fits)
                .filter(link ->
                        link.event() == Event.SET || link.event() == Event.COMPUTED || link.event() == Event.COPIED)
                .map(link -> assigned(link.place()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> variable(String name) {
        return name == null || NO_VARIABLES.contains(name) ? Optional.empty() : Optional.of(name);
    }
}
