package dev.skep.linux.symbol.demangle;

import java.util.Optional;

/**
 * The names of C++ functions as their source has them, from what compilers make of them for the linker (Itanium C++ ABI, 5.1,
 * "External Names (a.k.a. Mangling)"). They are written as binutils' {@code c++filt} writes them.
 *
 * <pre>{@code
 * CppNames.demangle("_ZN3foo3barEi"); // foo::bar(int)
 * }</pre>
 */
public final class CppNames {
    private static final String PREFIX = "_Z";

    private CppNames() {}

    /** Whether a name may be one of C++: others are as they are in the source. */
    public static boolean isMangled(String symbol) {
        return symbol.startsWith(PREFIX);
    }

    /**
     * The name in the source.
     *
     * @return empty if the symbol is none of C++, or has parts that are not known here: expressions in arguments of templates
     */
    public static Optional<String> demangle(String symbol) {
        if (!isMangled(symbol)) {
            return Optional.empty();
        }
        MangledText text = new MangledText(symbol);
        text.seek(PREFIX.length());
        try {
            String name = new NameReader(text).encoding();
            return text.isAtEnd() || text.peek() == '.' ? Optional.of(name + clones(text.rest())) : Optional.empty();
        } catch (MangledText.Unreadable e) {
            return Optional.empty();
        }
    }

    /** What optimisers add: {@code .part.0}, {@code .cold}. */
    private static String clones(String rest) {
        StringBuilder clones = new StringBuilder();
        int at = 0;
        while (at < rest.length()) {
            int end = at + 1;
            while (end < rest.length()
                    && (rest.charAt(end) != '.'
                            || Character.isDigit(rest.charAt(Math.min(end + 1, rest.length() - 1))))) {
                end++;
            }
            clones.append(" [clone ").append(rest, at, end).append(']');
            at = end;
        }
        return clones.toString();
    }
}
