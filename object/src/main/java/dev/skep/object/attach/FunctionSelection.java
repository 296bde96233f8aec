package dev.skep.object.attach;

import java.util.List;
import java.util.stream.Collectors;

/** Which functions a probe on many is for. */
public sealed interface FunctionSelection {
    /** In words: {@code vfs_*}. */
    String describe();

    /** Those whose names match. @param pattern {@code *} stands for any characters, {@code ?} for one */
    record Matching(String pattern) implements FunctionSelection {
        @Override
        public String describe() {
            return pattern;
        }

        /** Whether a function is meant. */
        public boolean matches(String function) {
            int p = 0;
            int f = 0;
            int star = -1; // the last star passed, and
            int resume =
                    0; // where what follows it is tried next: a star never has to give back what an earlier one took
            while (f < function.length()) {
                if (p < pattern.length() && pattern.charAt(p) == '*') {
                    star = p++;
                    resume = f;
                } else if (p < pattern.length()
                        && (pattern.charAt(p) == '?' || pattern.charAt(p) == function.charAt(f))) {
                    p++;
                    f++;
                } else if (star >= 0) {
                    p = star + 1;
                    f = ++resume;
                } else {
                    return false;
                }
            }
            while (p < pattern.length() && pattern.charAt(p) == '*') {
                p++;
            }
            return p == pattern.length();
        }
    }

    /** These. @param names at least one */
    record Named(List<String> names) implements FunctionSelection {
        public Named {
            names = List.copyOf(names);
        }

        @Override
        public String describe() {
            return names.size() > 3
                    ? names.getFirst() + " and " + (names.size() - 1) + " others"
                    : String.join(", ", names);
        }
    }

    /**
     * Those at these places.
     *
     * @param places kernel addresses, or offsets in a binary's file; at least one
     */
    record At(List<Long> places) implements FunctionSelection {
        public At {
            places = List.copyOf(places);
        }

        @Override
        public String describe() {
            return places.size() > 3
                    ? places.size() + " addresses"
                    : places.stream()
                            .map(place -> "0x" + Long.toHexString(place))
                            .collect(Collectors.joining(", "));
        }
    }
}
