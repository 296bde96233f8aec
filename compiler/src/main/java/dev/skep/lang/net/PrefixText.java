package dev.skep.lang.net;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Networks as text. User space only. */
record PrefixText(InetAddress address, int length) {
    /** How an address is made of its bytes. */
    @FunctionalInterface
    interface Maker {
        InetAddress make(byte[] bytes) throws UnknownHostException;
    }

    /** @throws IllegalArgumentException if it is no address, or its length none from 0 to {@code bits} */
    static PrefixText parse(String text, int bits) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        if (literal.indexOf(':') < 0 && literal.split("\\.", -1).length != 4) {
            throw new IllegalArgumentException(text + ": an address of IPv4 has 4 numbers");
        }
        InetAddress parsed = InetAddress.ofLiteral(literal);
        int counting = bits;
        if (slash >= 0) {
            String digits = text.substring(slash + 1);
            if (!digits.matches("\\d{1,3}") || Integer.parseInt(digits) > bits) {
                throw new IllegalArgumentException(
                        text + ": behind the slash is the number of bits that count, 0 to " + bits);
            }
            counting = Integer.parseInt(digits);
        }
        return new PrefixText(parsed, counting);
    }

    static String of(Maker maker, byte[] bytes, int counting) {
        try {
            return maker.make(bytes).getHostAddress() + "/" + counting;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + bytes.length + " bytes", e);
        }
    }
}
