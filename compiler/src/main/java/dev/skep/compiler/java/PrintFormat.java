package dev.skep.compiler.java;

import dev.skep.compiler.ir.Int;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A format as the kernel takes it ({@code bpf_bprintf_prepare} of kernel/bpf/helpers.c). What does not fit is found here: the kernel
 * would print nothing, or another number.
 */
final class PrintFormat {
    /** {@code MAX_BPRINTF_VARARGS} of include/linux/bpf.h. */
    static final int MOST_ARGUMENTS = 12;

    /** What may follow a percent sign: flags and width, then a number, text, a character, or one of the kinds of pointers. */
    private static final Pattern CONVERSION =
            Pattern.compile("%(?:%|[-+ 0]*(?:[1-9][0-9]*)?(?:(?<long>ll?)?[diuxX]|c|(?<text>s(?![A-Za-z0-9]))"
                    + "|p(?<pointer>[ku]s|[KxsSB]|[iI][46]|(?![A-Za-z0-9]))))");

    private static final Pattern CONTROL_OR_OTHER = Pattern.compile("[^\\x20-\\x7e\\s]");

    /** What an argument has to be. */
    private enum Kind {
        INT("a number of at most 32 bits"),
        LONG("a number"),
        TEXT("text"),
        BYTES("an address in bytes, by Text.of");

        private final String description;

        Kind(String description) {
            this.description = description;
        }
    }

    /** @param at its place in the format, from 1 */
    private record Conversion(String text, int at, Kind kind) {
        @Override
        public String toString() {
            return text + " at " + at;
        }
    }

    private final String format;
    private final List<Conversion> conversions = new ArrayList<>();

    private PrintFormat(String format) {
        this.format = format;
    }

    /** Compares a format with its arguments. @throws Refusal naming the place in the format where they do not fit */
    static void check(String format, List<Operand> arguments) {
        PrintFormat parsed = new PrintFormat(format);
        parsed.parse();
        parsed.compare(arguments);
    }

    private void parse() {
        Matcher other = CONTROL_OR_OTHER.matcher(format);
        if (other.find()) {
            throw refusal(
                    String.format("the character U+%04X at %d", format.codePointAt(other.start()), other.start() + 1),
                    "the kernel prints nothing with a format that has others than those of ASCII",
                    "write it another way, or pass it as a text to %s");
        }
        Matcher conversion = CONVERSION.matcher(format);
        for (int at = format.indexOf('%'); at >= 0; at = format.indexOf('%', conversion.end())) {
            if (!conversion.find(at) || conversion.start() != at) {
                throw unknown(at);
            }
            if (!conversion.group().equals("%%")) {
                conversions.add(new Conversion(conversion.group(), at + 1, kind(conversion)));
            }
        }
    }

    private Refusal unknown(int at) {
        String rest = format.substring(at);
        int end = 1;
        while (end < rest.length() && !Character.isLetter(rest.charAt(end))) {
            end++;
        }
        return refusal(
                rest.substring(0, Math.min(end + 1, rest.length())) + " at " + (at + 1),
                "the kernel knows no such conversion",
                "use %d, %u, %x, with l for long, %c, %s for text, or %% for the sign; a line's end is written by itself");
    }

    private static Kind kind(Matcher conversion) {
        String pointer = conversion.group("pointer");
        if (conversion.group("text") != null) {
            return Kind.TEXT;
        }
        if (pointer != null) {
            return pointer.endsWith("4") || pointer.endsWith("6") ? Kind.BYTES : Kind.LONG;
        }
        return conversion.group("long") == null ? Kind.INT : Kind.LONG;
    }

    private void compare(List<Operand> arguments) {
        if (arguments.size() > MOST_ARGUMENTS) {
            throw refusal(
                    arguments.size() + " arguments",
                    "the kernel takes " + MOST_ARGUMENTS + " at most",
                    "call it twice");
        }
        if (conversions.size() > arguments.size()) {
            throw refusal(
                    "no argument for " + conversions.get(arguments.size()),
                    "the format has " + conversions.size() + " conversions, and there are " + arguments.size()
                            + " arguments",
                    "pass one for each");
        }
        if (conversions.size() < arguments.size()) {
            throw refusal(
                    "no conversion for argument " + (conversions.size() + 1),
                    "the format has " + conversions.size() + " conversions, and there are " + arguments.size()
                            + " arguments",
                    "write one for each, %d for an int, %ld for a long, %s for text");
        }
        for (int i = 0; i < arguments.size(); i++) {
            compare(conversions.get(i), arguments.get(i));
        }
    }

    private void compare(Conversion conversion, Operand argument) {
        switch (argument) {
            case Operand.Boxed(var value, FieldType.Number type) -> compare(conversion, type);
            case Operand.BoxInMap(var pointer, FieldType.Number type) -> compare(conversion, type);
            case Operand.Text text when conversion.kind() != Kind.TEXT -> throw mismatch(conversion, "text");
            case Operand.TextInBytes text
            when conversion.kind() != Kind.TEXT && conversion.kind() != Kind.BYTES ->
                throw mismatch(conversion, "text");
            default -> {}
        }
    }

    private void compare(Conversion conversion, FieldType.Number type) {
        boolean wide = type.width() == Int.I64;
        if (conversion.kind() == Kind.TEXT
                || conversion.kind() == Kind.BYTES
                || (wide && conversion.kind() == Kind.INT)) {
            throw mismatch(conversion, wide ? "a long" : "a number");
        }
    }

    private Refusal mismatch(Conversion conversion, String given) {
        return refusal(
                given + " for " + conversion,
                "it stands for " + conversion.kind().description,
                switch (given) {
                    case "a long" -> "use %ld, %lu or %lx";
                    case "text" -> "use %s";
                    default -> "use %d, %u or %x";
                });
    }

    private Refusal refusal(String what, String why, String instead) {
        return new Refusal("printf(\"" + format.replace("\n", "\\n") + "\"): " + what, why, instead);
    }
}
