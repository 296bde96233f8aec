package dev.skep.verifier.repair;

import dev.skep.verifier.Fix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Changes of a source that belong together. A loop that was unrolled, or a line of a function inlined twice, has one line for many
 * instructions: one change of the source mends them all. Two changes of one line become one.
 *
 * @param fixes in the order in which they were found
 */
record FixList(List<Fix> fixes) {
    private static final Pattern VARIABLE = Pattern.compile("(?:__u64|typeof\\(.*\\)) (\\w+) = ");

    FixList {
        fixes = List.copyOf(fixes);
    }

    /** Whether the same was changed at the same place of the source before: in another copy of its instructions. */
    boolean repeats(List<Fix> others) {
        return !others.isEmpty()
                && others.stream().allMatch(other -> fixes.stream().anyMatch(fix -> isSame(fix, other)));
    }

    private static boolean isSame(Fix one, Fix other) {
        boolean samePlace = SourceEdits.isC(one.place())
                && one.place().isSameLine(other.place())
                && one.place().column() == other.place().column();
        boolean sameChange =
                (one.replaces() && one.place().column() > 0) || one.code().equals(other.code());
        return samePlace && sameChange && one.description().equals(other.description());
    }

    /** With {@code others}, which are thought out for the source with these in it. */
    FixList with(List<Fix> others) {
        List<Fix> all = new ArrayList<>(fixes);
        for (Fix found : others) {
            Fix other = withOwnNames(found, all);
            Optional<Fix> earlier = all.stream()
                    .filter(fix -> other.place().isSameLine(fix.place()) && fix.replaces() && other.replaces())
                    .findFirst();
            if (earlier.isPresent()) {
                all.set(all.indexOf(earlier.get()), joined(earlier.get(), other));
            } else if (all.stream().noneMatch(fix -> isSameChange(fix, other))) {
                all.add(other);
            }
        }
        return new FixList(all);
    }

    /** Variables that an earlier change declares get a number more. */
    private static Fix withOwnNames(Fix fix, List<Fix> others) {
        String code = fix.code();
        for (MatchResult declared : VARIABLE.matcher(fix.code()).results().toList()) {
            String name = declared.group(1);
            long same = others.stream()
                    .filter(other -> !other.place().isSameLine(fix.place()))
                    .filter(other -> other.code().matches("(?s).*\\b" + name + " = .*"))
                    .count();
            code = same == 0 ? code : code.replaceAll("\\b" + name + "\\b", name + (same + 1));
        }
        return new Fix(fix.place(), fix.description(), code, fix.replaces(), fix.verified());
    }

    private static boolean isSameChange(Fix one, Fix other) {
        return SourceEdits.isC(one.place())
                && one.place().isSameLine(other.place())
                && one.code().equals(other.code())
                && one.description().equals(other.description());
    }

    /** The later of two changes of a line is one of the last line that the earlier one leaves. */
    private static Fix joined(Fix earlier, Fix later) {
        String changed = changed(earlier);
        boolean fits = !changed.isEmpty()
                && later.place().text().equals(changed)
                && !later.code().isEmpty();
        String before = fits ? earlier.code().substring(0, earlier.code().length() - changed.length()) : "";
        return new Fix(
                earlier.place(),
                earlier.description() + "; " + later.description(),
                fits ? before + later.code() : "",
                true,
                false);
    }

    /** What becomes of a line: the last of those that stand for it; "" if that is not the statement itself. */
    static String changed(Fix fix) {
        String last = fix.code().substring(fix.code().lastIndexOf('\n') + 1);
        return fix.replaces() && !last.strip().equals("}") ? last : "";
    }
}
