package dev.skep.trace.print;

/**
 * What a percent sign in a format begins. A precision and the flag for a space are read and mean nothing, as in bpftrace.
 *
 * @param width at least so many characters; 0 for none
 * @param bytes of the number that is meant: 1, 2, 4 or 8
 * @param conversion a letter of printf(3), {@link #UNKNOWN} if it is none of those known; {@code r} and {@code g} for bpftrace's own
 * @param variant the letter after {@code r}: {@code x}, {@code h}, or 0
 * @param end offset in the format of what follows
 */
record Directive(
        boolean left,
        boolean zeros,
        boolean plus,
        boolean alternative,
        int width,
        int bytes,
        char conversion,
        char variant,
        int end) {
    static final char UNKNOWN = '?';

    private static final String FLAGS = "-0+ #";
    private static final String LENGTHS = "hljztL";
    private static final String CONVERSIONS = "diuxXopcsr";

    /** Reads one. @param start of the percent sign */
    static Directive at(String format, int start) {
        int at = start + 1;
        int flags = at;
        while (at < format.length() && FLAGS.indexOf(format.charAt(at)) >= 0) {
            at++;
        }
        String flagged = format.substring(flags, at);
        int widthEnd = digitsEnd(format, at);
        int width = number(format, at, widthEnd);
        at = widthEnd;
        if (at < format.length() && format.charAt(at) == '.') {
            at = digitsEnd(format, at + 1);
        }
        int lengths = at;
        while (at < format.length() && LENGTHS.indexOf(format.charAt(at)) >= 0) {
            at++;
        }
        int bytes = bytes(format.substring(lengths, at));
        char conversion = at < format.length() ? format.charAt(at) : UNKNOWN;
        char variant = 0;
        if (format.startsWith("gr", at)) {
            at++;
        } else if (CONVERSIONS.indexOf(conversion) < 0) {
            conversion = UNKNOWN;
        } else if (format.startsWith("rx", at) || format.startsWith("rh", at)) {
            variant = format.charAt(++at);
        }
        return new Directive(
                flagged.contains("-"),
                flagged.contains("0"),
                flagged.contains("+"),
                flagged.contains("#"),
                width,
                bytes,
                conversion,
                variant,
                Math.min(at + 1, format.length()));
    }

    private static int digitsEnd(String format, int from) {
        int end = from;
        while (end < format.length() && Character.isDigit(format.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Numbers of more than four digits make no sense. */
    private static int number(String format, int from, int end) {
        return from == end ? 0 : Integer.parseInt(format, from, Math.min(end, from + 4), 10);
    }

    private static int bytes(String length) {
        return switch (length) {
            case "hh" -> 1;
            case "h" -> 2;
            case "" -> 4;
            default -> 8;
        };
    }
}
