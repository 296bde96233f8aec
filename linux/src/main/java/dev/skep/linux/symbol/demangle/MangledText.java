package dev.skep.linux.symbol.demangle;

/** A mangled name that is read from its start. */
final class MangledText {
    private final String text;
    private int position;

    MangledText(String text) {
        this.text = text;
    }

    /** What is not what it should be: the name is none of the kind, or of a kind that is not known here. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unreadable() {
            super(null, null, false, false); // it is caught at once, and there are many of them
        }
    }

    /** The next character; 0 at the end. */
    char peek() {
        return peek(0);
    }

    char peek(int ahead) {
        return position + ahead < text.length() ? text.charAt(position + ahead) : 0;
    }

    boolean at(String prefix) {
        return text.startsWith(prefix, position);
    }

    boolean take(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        position++;
        return true;
    }

    boolean take(String wanted) {
        if (!at(wanted)) {
            return false;
        }
        position += wanted.length();
        return true;
    }

    void expect(char wanted) {
        if (!take(wanted)) {
            throw new Unreadable();
        }
    }

    char next() {
        char next = peek();
        if (next == 0) {
            throw new Unreadable();
        }
        position++;
        return next;
    }

    int position() {
        return position;
    }

    /** Goes back, or on. */
    void seek(int to) {
        position = to;
    }

    boolean isAtEnd() {
        return position == text.length();
    }

    boolean atDigit() {
        return peek() >= '0' && peek() <= '9';
    }

    /** A decimal number. */
    int number() {
        if (!atDigit()) {
            throw new Unreadable();
        }
        int value = 0;
        while (atDigit()) {
            value = value * 10 + (next() - '0');
            if (value > text.length() * 100 + 1_000_000) {
                throw new Unreadable();
            }
        }
        return value;
    }

    /** The number before an underscore that counts from the second: {@code _} is 0, {@code 0_} 1. @param radix 10 or 36 */
    int sequence(int radix) {
        int value = -1;
        while (peek() != '_') {
            char each = next();
            int digit = Character.isLowerCase(each) ? -1 : Character.digit(each, radix);
            if (digit < 0 || value > 1_000_000) {
                throw new Unreadable();
            }
            value = Math.max(value, 0) * radix + digit;
        }
        expect('_');
        return value + 1;
    }

    /** So many characters. */
    String characters(int count) {
        if (position + count > text.length()) {
            throw new Unreadable();
        }
        String taken = text.substring(position, position + count);
        position += count;
        return taken;
    }

    String rest() {
        return text.substring(position);
    }
}
