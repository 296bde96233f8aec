package dev.skep.trace.check;

import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers in the text of attach points. */
final class Numbers {
    private static final Pattern NUMBER =
            Pattern.compile("(0[xX][0-9a-fA-F]+|\\d[\\d_]*)(?:e(\\d+))?(ns|us|ms|s|m|h|d)?");

    private static final Map<String, Long> NANOSECONDS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L,
            "d", 86_400_000_000_000L);

    private Numbers() {}

    /** Decimal, hexadecimal, octal, {@code 1e6}, or a duration ({@code 10ms}), which is in nanoseconds. */
    static OptionalLong parse(String text) {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        try {
            long value = Long.parseUnsignedLong(digits(matcher.group(1)), radix(matcher.group(1)));
            if (matcher.group(2) != null) {
                value = Math.multiplyExact(value, (long) Math.pow(10, Integer.parseInt(matcher.group(2))));
            }
            long unit = matcher.group(3) == null ? 1 : NANOSECONDS.getOrDefault(matcher.group(3), 1L);
            return OptionalLong.of(Math.multiplyExact(value, unit));
        } catch (ArithmeticException | NumberFormatException tooLarge) {
            return OptionalLong.empty();
        }
    }

    private static int radix(String number) {
        if (number.startsWith("0x") || number.startsWith("0X")) {
            return 16;
        }
        return number.length() > 1 && number.startsWith("0") ? 8 : 10;
    }

    private static String digits(String number) {
        return radix(number) == 16 ? number.substring(2) : number.replace("_", "");
    }
}
