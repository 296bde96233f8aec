package dev.skep.trace.syntax;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Integers as they are written: {@code 10}, {@code 0x1f}, {@code 017}, {@code 1_000}, {@code 2e6}, with a suffix of C
 * ({@code UL}) or of time ({@code 10ms}: in nanoseconds).
 */
public final class IntegerScanner {
    private static final BigInteger MAXIMUM = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    private static final int MOST_DIGITS = 64;
    private static final int MOST_DIGITS_OF_POWER = 3;
    private static final Map<String, Long> NANOSECONDS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L,
            "d", 86_400_000_000_000L);

    private final String text;
    private int position;

    private IntegerScanner(String text, int start) {
        this.text = text;
        this.position = start;
    }

    /** What was read. @param end offset after it @param value its 64 bits @param error what is wrong with it, if anything */
    record Scanned(int end, long value, Optional<String> error) {}

    /** What all of a text is as an integer; empty if it is none, or too large for 64 bits. */
    public static OptionalLong whole(String text) {
        if (text.isEmpty() || !Characters.isDigit(text.charAt(0))) {
            return OptionalLong.empty();
        }
        Scanned scanned = scan(text, 0);
        return scanned.end() == text.length() && scanned.error().isEmpty()
                ? OptionalLong.of(scanned.value())
                : OptionalLong.empty();
    }

    /** Reads the integer that starts here. @param start offset of a digit */
    static Scanned scan(String text, int start) {
        IntegerScanner scanner = new IntegerScanner(text, start);
        try {
            BigInteger value = scanner.value();
            if (value.compareTo(MAXIMUM) > 0) {
                throw overflow();
            }
            return new Scanned(scanner.position, value.longValue(), Optional.empty());
        } catch (ArithmeticException wrong) {
            String written = text.substring(start, scanner.position);
            return new Scanned(scanner.position, 0, Optional.of(wrong.getMessage() + ": " + written));
        }
    }

    private BigInteger value() {
        if (text.startsWith("0x", position) || text.startsWith("0X", position)) {
            int digits = position + 2;
            if (isHexDigit(digits)) {
                return hexadecimal(digits);
            }
        }
        String digits = digits();
        if (isPower()) {
            position++;
            String power = digits();
            suffix();
            return scientific(digits, power);
        }
        Optional<Long> unit = unit();
        if (unit.isPresent()) {
            return parse(digits, 10).multiply(BigInteger.valueOf(unit.get()));
        }
        suffix();
        boolean octal = digits.length() > 1 && digits.startsWith("0");
        if (octal && digits.chars().anyMatch(digit -> digit > '7')) {
            throw new ArithmeticException("invalid trailing bytes");
        }
        return parse(digits, octal ? 8 : 10);
    }

    private BigInteger hexadecimal(int start) {
        position = start;
        while (isHexDigit(position)) {
            position++;
        }
        String digits = text.substring(start, position);
        suffix();
        return parse(digits, 16);
    }

    /** Digits, where single underscores may stand between two of them. */
    private String digits() {
        StringBuilder digits = new StringBuilder();
        while (isDigit(position) || (isAt(position, '_') && isDigit(position + 1) && !digits.isEmpty())) {
            if (isDigit(position)) {
                digits.append(text.charAt(position));
            }
            position++;
        }
        return digits.toString();
    }

    private boolean isPower() {
        return (isAt(position, 'e') || isAt(position, 'E')) && isDigit(position + 1);
    }

    private Optional<Long> unit() {
        for (int length = 2; length > 0; length--) {
            int end = Math.min(position + length, text.length());
            Long nanoseconds = NANOSECONDS.get(text.substring(position, end));
            if (nanoseconds != null) {
                position = end;
                return Optional.of(nanoseconds);
            }
        }
        return Optional.empty();
    }

    private void suffix() {
        if (isAt(position, 'u') || isAt(position, 'U')) {
            position++;
        }
        for (int i = 0; i < 2 && (isAt(position, 'l') || isAt(position, 'L')); i++) {
            position++;
        }
    }

    private static BigInteger scientific(String base, String power) {
        if (base.length() != 1 || base.equals("0")) {
            throw new ArithmeticException("coefficient part of scientific literal must be 1-9");
        }
        if (power.length() > MOST_DIGITS_OF_POWER) {
            throw overflow();
        }
        return new BigInteger(base).multiply(BigInteger.TEN.pow(Integer.parseInt(power)));
    }

    private static BigInteger parse(String digits, int radix) {
        if (digits.length() > MOST_DIGITS) {
            throw overflow();
        }
        return new BigInteger(digits, radix);
    }

    private static ArithmeticException overflow() {
        return new ArithmeticException("overflow error, maximum value is " + MAXIMUM);
    }

    private boolean isAt(int offset, char wanted) {
        return offset < text.length() && text.charAt(offset) == wanted;
    }

    private boolean isDigit(int offset) {
        return offset < text.length() && Characters.isDigit(text.charAt(offset));
    }

    private boolean isHexDigit(int offset) {
        return offset < text.length() && Characters.isHexDigit(text.charAt(offset));
    }
}
