package dev.skep.compiler.java;

import java.util.Comparator;

/**
 * Something in a class that cannot be compiled to BPF.
 *
 * @param file the source file's name
 * @param line from 1 on, 0 if the class file does not say
 * @param what was found
 * @param why it cannot be
 * @param instead what to do
 */
public record Finding(String file, int line, String what, String why, String instead) implements Comparable<Finding> {
    private static final Comparator<Finding> ORDER =
            Comparator.comparing(Finding::file).thenComparingInt(Finding::line).thenComparing(Finding::what);

    @Override
    public int compareTo(Finding other) {
        return ORDER.compare(this, other);
    }

    /** For example {@code Firewall.java:12: new ArrayList(): there is no heap in BPF; use a map}. */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + what + ": " + why + "; " + instead;
    }
}
