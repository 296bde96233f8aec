package dev.skep.verifier.repair;

import dev.skep.verifier.Place;
import dev.skep.verifier.explain.Chain;
import dev.skep.verifier.explain.KnownValue;
import dev.skep.verifier.explain.Naming;
import dev.skep.verifier.explain.Operation;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What C calls a number that is an offset, and how a limit of the offset is one of that variable. */
final class NumberText {
    private static final Pattern ADDED = Pattern.compile("\\+=?\\s*\\(?\\s*([A-Za-z_][\\w.>-]*)(?!\\s*[\\w(])");
    private static final Pattern BRACKETS = Pattern.compile("\\[([^\\]\\[]+)]");
    private static final Pattern MOVED_INDEX = Pattern.compile("([A-Za-z_][\\w.]*(?:->\\w+)*)\\s*([+-])\\s*(\\d{1,6})");

    private final Situation situation;

    NumberText(Situation situation) {
        this.situation = situation;
    }

    /**
     * When the number is too large, or negative where it can be.
     *
     * @param added where it is added to the pointer
     * @param limit the largest offset in bytes
     */
    Optional<String> checked(Chain.Link added, long limit) {
        return name(added).map(name -> condition(name, String.valueOf(elements(added, limit)), mayBeNegative(added)));
    }

    /** The largest number of the variable. */
    long elements(Chain.Link added, long limit) {
        long elements = limit / situation.evidence().scale(added.index());
        OptionalInt declared = situation.source().variables().arrayLength(situation.place());
        return declared.isPresent() && declared.getAsInt() > 0
                ? Math.min(elements, declared.getAsInt() - 1L - moved())
                : elements;
    }

    /** The same in bytes. */
    long bytes(Chain.Link added, long limit) {
        return Math.min(limit, elements(added, limit) * situation.evidence().scale(added.index()));
    }

    /** What the line adds to the variable to make an index of it. */
    private int moved() {
        Matcher brackets = BRACKETS.matcher(situation.place().text());
        while (brackets.find()) {
            Matcher moved = MOVED_INDEX.matcher(brackets.group(1).strip());
            if (moved.matches()) {
                int constant = Integer.parseInt(moved.group(3));
                return moved.group(2).equals("+") ? constant : -constant;
            }
        }
        return 0;
    }

    /** The variable, if it is one that can be assigned to. */
    Optional<String> variable(Chain.Link added) {
        return name(added).filter(name -> name.matches("[A-Za-z_]\\w*"));
    }

    static String condition(String name, String limit, boolean mayBeNegative) {
        return (mayBeNegative ? name + " < 0 || " : "") + name + " > " + limit;
    }

    /** As the line where it is used writes it; in parentheses if it is more than a name. */
    Optional<String> name(Chain.Link added) {
        return inBrackets(situation.place())
                .or(() -> inBrackets(added.place()))
                .or(() -> plus(added.place()))
                .or(() -> Naming.assignedNumber(situation.evidence().chain()));
    }

    private static Optional<String> inBrackets(Place place) {
        Matcher matcher = BRACKETS.matcher(place.text());
        while (matcher.find()) {
            String index = matcher.group(1).strip();
            Matcher moved = MOVED_INDEX.matcher(index);
            if (moved.matches()) {
                return Optional.of(moved.group(1));
            }
            if (!index.matches("\\d+|0x[0-9a-fA-F]+|[A-Z_0-9]+") && !index.contains("++") && !index.contains("--")) {
                return Optional.of(index.matches("[\\w.>-]+") ? index : "(" + index + ")");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> plus(Place place) {
        Matcher matcher = ADDED.matcher(place.text());
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private boolean mayBeNegative(Chain.Link added) {
        return number(added).mayBeNegative();
    }

    private KnownValue number(Chain.Link added) {
        return situation.trace().operation(added.index())
                        instanceof
                        Operation.Arithmetic(int target, String _, Operation.Operand.Register(int other), boolean _)
                ? scalar(added.index(), other, target)
                : KnownValue.NOTHING;
    }

    private KnownValue scalar(int index, int one, int other) {
        KnownValue first = situation.trace().register(index, one);
        return first.isScalar() ? first : situation.trace().register(index, other);
    }
}
