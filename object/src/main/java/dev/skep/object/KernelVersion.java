package dev.skep.object;

/**
 * A Linux release, for "available since": {@code 6.9}. Ordered by age.
 *
 * @param major 3 and up
 * @param minor 0 and up
 */
public record KernelVersion(int major, int minor) implements Comparable<KernelVersion> {

    /**
     * Reads {@code "6.9"}.
     *
     * @throws IllegalArgumentException if the text is not two decimal numbers with a dot between them
     */
    public static KernelVersion of(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException("not a kernel version: " + text);
        }
        return new KernelVersion(Integer.parseInt(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1)));
    }

    @Override
    public int compareTo(KernelVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    /** For example {@code 6.9}. */
    @Override
    public String toString() {
        return major + "." + minor;
    }
}
