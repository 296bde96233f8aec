package dev.skep.object.assembly;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Constant expressions: numbers, names, {@code + - |}, parentheses, {@code htons(x)} and {@code htonl(x)}. Values are 64 bits
 * wide; a number from 2^63 up to 2^64-1 counts as the negative one with the same bits.
 */
final class Expressions {
    private static final int DEEPEST = 50;

    private final Map<String, Long> defined = new HashMap<>();

    /** Gives a name to a value; it hides a constant of the headers. @return false if the text has done so before */
    boolean define(String name, long value) {
        return defined.putIfAbsent(name, value) == null;
    }

    /** True if the name stands for a number. */
    boolean isConstant(String name) {
        return defined.containsKey(name) || UapiConstants.value(name).isPresent();
    }

    /** A whole expression. */
    long parse(TokenReader in) throws Mistake {
        return alternatives(in, 0);
    }

    /** {@code + a - b ...} as it follows a register; 0 if nothing follows. */
    long displacement(TokenReader in) throws Mistake {
        return sumAfter(0, in, 0);
    }

    private long alternatives(TokenReader in, int depth) throws Mistake {
        long value = sumAfter(term(in, depth), in, depth);
        while (in.accept("|")) {
            value |= sumAfter(term(in, depth), in, depth);
        }
        return value;
    }

    private long sumAfter(long first, TokenReader in, int depth) throws Mistake {
        long value = first;
        while (true) {
            if (in.accept("+")) {
                value += term(in, depth);
            } else if (in.accept("-")) {
                value -= term(in, depth);
            } else {
                return value;
            }
        }
    }

    private long term(TokenReader in, int depth) throws Mistake {
        Token token = in.peek();
        if (depth > DEEPEST) {
            throw new Mistake(token, "the expression is nested too deeply", "");
        }
        if (in.accept("-")) {
            return -term(in, depth + 1);
        }
        if (in.accept("(")) {
            long value = alternatives(in, depth + 1);
            in.expect(")");
            return value;
        }
        return switch (token.kind()) {
            case NUMBER -> number(in.take());
            case NAME -> named(in.take(), in, depth);
            default -> throw in.expected("a number or a constant's name");
        };
    }

    private long named(Token name, TokenReader in, int depth) throws Mistake {
        if (in.peek().is("(") && (name.is("htons") || name.is("htonl"))) {
            in.take();
            long value = alternatives(in, depth + 1);
            in.expect(")");
            return name.is("htons")
                    ? Short.toUnsignedLong(Short.reverseBytes((short) value))
                    : Integer.toUnsignedLong(Integer.reverseBytes((int) value));
        }
        Long value = defined.get(name.text());
        if (value != null) {
            return value;
        }
        OptionalLong uapi = UapiConstants.value(name.text());
        if (uapi.isPresent()) {
            return uapi.getAsLong();
        }
        throw unknown(name);
    }

    private Mistake unknown(Token name) {
        TreeSet<String> known = new TreeSet<>(UapiConstants.names());
        known.addAll(defined.keySet());
        return new Mistake(
                name,
                "no constant is called " + name.text(),
                NearestName.advice(
                        name.text(),
                        known,
                        "define it with .constant " + name.text() + " VALUE; a map's address is `NAME ll`"));
    }

    private static long number(Token token) throws Mistake {
        String text = token.text().toLowerCase(Locale.ROOT);
        try {
            return text.startsWith("0x") ? Long.parseUnsignedLong(text.substring(2), 16) : Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            throw new Mistake(
                    token, token.described() + " is no number of at most 64 bits", "decimal, or hexadecimal after 0x");
        }
    }
}
