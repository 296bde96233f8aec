package dev.skep.verifier.scalar;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a range as the kernel's log writes it. */
final class RecordedRange {
    private static final Pattern BITS = Pattern.compile("var_off=\\((0x\\p{XDigit}+); (0x\\p{XDigit}+)\\)");

    private Tnum bits = Tnum.UNKNOWN;
    private long smin = Long.MIN_VALUE;
    private long smax = Long.MAX_VALUE;
    private long umin;
    private long umax = -1;
    private int smin32 = Integer.MIN_VALUE;
    private int smax32 = Integer.MAX_VALUE;
    private int umin32;
    private int umax32 = -1;

    private RecordedRange() {}

    /** Reads bounds and bits, a constant, or {@code ?} for an unknown number. */
    static Range parse(String text) {
        if (text.equals("?")) {
            return Range.UNKNOWN;
        }
        if (!text.contains("=")) {
            return Range.of(number(text));
        }
        RecordedRange range = new RecordedRange();
        Matcher bits = BITS.matcher(text);
        if (bits.find()) {
            range.bits = new Tnum(number(bits.group(1)), number(bits.group(2)));
        }
        for (String bound : bits.replaceAll("").split(",")) {
            String[] parts = bound.split("=");
            for (int index = 0; index < parts.length - 1; index++) {
                range.set(parts[index], number(parts[parts.length - 1]));
            }
        }
        return new Range(
                range.bits,
                range.smin,
                range.smax,
                range.umin,
                range.umax,
                range.smin32,
                range.smax32,
                range.umin32,
                range.umax32);
    }

    private void set(String name, long bound) {
        switch (name) {
            case "smin" -> smin = bound;
            case "smax" -> smax = bound;
            case "umin" -> umin = bound;
            case "umax" -> umax = bound;
            case "smin32" -> smin32 = (int) bound;
            case "smax32" -> smax32 = (int) bound;
            case "umin32" -> umin32 = (int) bound;
            case "umax32" -> umax32 = (int) bound;
            default -> throw new IllegalArgumentException("No bound is named " + name);
        }
    }

    private static long number(String text) {
        return text.startsWith("0x") ? Long.parseUnsignedLong(text.substring(2), 16) : Long.parseLong(text);
    }
}
