package dev.skep.object.core;

/**
 * Names without their flavour: {@code task_struct___v2} stands for {@code task_struct} (libbpf,
 * {@code bpf_core_essential_name_len}).
 *
 * <p>A flavour begins at the last {@code ___} that has a character other than {@code _} on both sides.
 */
public final class EssentialName {
    /** What a flavour begins with. */
    static final String SEPARATOR = "___";

    private EssentialName() {}

    /** {@code name} without its flavour. */
    public static String of(String name) {
        return name.substring(0, length(name));
    }

    /** True if the name has a flavour. */
    static boolean isFlavoured(String name) {
        return length(name) < name.length();
    }

    /** True if the two names differ in nothing but flavour. */
    static boolean same(String one, String other) {
        int length = length(one);
        return length == length(other) && one.regionMatches(0, other, 0, length);
    }

    private static int length(String name) {
        int at = name.lastIndexOf(SEPARATOR);
        while (at > 0) {
            int after = at + SEPARATOR.length();
            boolean separates = name.charAt(at - 1) != '_' && after < name.length() && name.charAt(after) != '_';
            if (separates) {
                return at;
            }
            at = name.lastIndexOf(SEPARATOR, at - 1);
        }
        return name.length();
    }
}
