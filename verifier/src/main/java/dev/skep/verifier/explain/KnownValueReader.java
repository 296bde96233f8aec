package dev.skep.verifier.explain;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads register and stack states in the notation of the kernel's log ({@code print_verifier_state} in kernel/bpf/log.c, in
 * kernel/bpf/verifier.c before 6.4), which changed over the years: numbers were {@code inv}, limits {@code umax_value}.
 */
public final class KnownValueReader {
    private static final Pattern NAME = Pattern.compile("(?:^|\\s)(R\\d+|fp-\\d+)(?:_[rwD]+)?=");
    private static final Pattern STATE_END = Pattern.compile("\\s(?:refs=[0-9,]+|cb|async_cb)(?=\\s|$)");
    private static final Pattern VALUE =
            Pattern.compile("^P?([a-zA-Z_]*)(?:\\[\\d+])?(-?(?:0x[0-9a-f]+|\\d+))?(?:\\((.*)\\))?$");
    private static final Pattern ATTRIBUTE = Pattern.compile("([a-z_0-9]+(?:=[a-z_0-9]+)*)=(\\([^)]*\\)|[^,()]+)");
    /** Limits of Linux 4.9 to 4.13, behind the value instead of in it. */
    private static final Pattern OLD_LIMITS = Pattern.compile(",min_value=.*$");

    private static final Pattern MASK = Pattern.compile("\\((0x[0-9a-f]+); (0x[0-9a-f]+)\\)");

    private KnownValueReader() {}

    /** Splits a line of states into what is known about each register and stack slot, in the line's order. */
    public static SequencedMap<String, String> readState(String line) {
        SequencedMap<String, String> state = new LinkedHashMap<>();
        Matcher end = STATE_END.matcher(line);
        String values = end.find() ? line.substring(0, end.start()) : line;
        Matcher names = NAME.matcher(values);
        String name = "";
        int start = 0;
        while (names.find()) {
            if (!name.isEmpty()) {
                state.put(name, values.substring(start, names.start()).strip());
            }
            name = names.group(1);
            start = names.end();
        }
        if (!name.isEmpty()) {
            state.put(name, values.substring(start).strip());
        }
        return state;
    }

    static KnownValue read(String text) {
        String bare = text.replaceFirst("^[?mzr0]{1,7}(?=(?:inv|scalar|P|-?\\d+$))", "");
        if (text.matches("[?m0]{8}")) {
            return stackBytes(text);
        }
        Matcher matcher = VALUE.matcher(OLD_LIMITS.matcher(bare).replaceFirst(""));
        if (bare.isEmpty() || !matcher.matches()) {
            return withText(KnownValue.NOTHING, text);
        }
        String word = matcher.group(1);
        boolean number = word.isEmpty() || word.equals("inv") || word.equals("imm") || word.equals("scalar");
        long immediate = matcher.group(2) == null ? 0 : constant(matcher.group(2));
        if (number && matcher.group(2) != null) {
            return constantValue(immediate, text);
        }
        Map<String, String> attributes = attributes(matcher.group(3));
        return number ? scalar(attributes, text) : pointer(word, immediate, attributes, text);
    }

    /** Eight bytes that hold no whole value: {@code m} anything, {@code 0} zero, {@code ?} never written. */
    private static KnownValue stackBytes(String text) {
        return text.equals("00000000") ? constantValue(0, text) : withText(scalar(Map.of(), text), text);
    }

    private static KnownValue constantValue(long value, String text) {
        return new KnownValue("scalar", false, 0, value, value, value, value, 0, -1, 0, 0, "", text);
    }

    private static KnownValue withText(KnownValue value, String text) {
        return new KnownValue(
                value.kind(),
                value.mayBeNull(),
                value.fixedOffset(),
                value.smin(),
                value.smax(),
                value.umin(),
                value.umax(),
                value.range(),
                value.size(),
                value.id(),
                value.reference(),
                value.map(),
                text);
    }

    private static KnownValue scalar(Map<String, String> attributes, String text) {
        return pointer("scalar", 0, attributes, text);
    }

    private static KnownValue pointer(String word, long immediate, Map<String, String> a, String text) {
        boolean mayBeNull = word.endsWith("_or_null") || word.contains("or_null_");
        String kind = word.replace("_or_null", "").replace("or_null_", "");
        boolean variable =
                kind.equals("scalar") || a.keySet().stream().anyMatch(k -> k.matches("[su](min|max).*|var_off"));
        long smin = value(a, "smin", variable ? Long.MIN_VALUE : 0);
        long umin = value(a, "umin", 0);
        long umax = value(a, "umax", variable ? -1 : 0);
        long smax = value(a, "smax", variable ? Long.MAX_VALUE : 0);
        long mask = mask(a);
        if (variable && Long.compareUnsigned(mask, umax) < 0) {
            umax = mask;
        }
        if (umax >= 0) {
            smin = Math.max(smin, umin);
            smax = Math.min(smax, umax);
        } else if (smin >= 0) {
            umax = Long.compareUnsigned(smax, umax) < 0 ? smax : umax;
            umin = Math.max(smin, umin);
        }
        return new KnownValue(
                kind,
                mayBeNull,
                (kind.equals("fp") ? immediate : 0) + value(a, "off", 0) + value(a, "imm", 0),
                smin,
                smax,
                umin,
                umax,
                (int) value(a, "r", 0),
                a.containsKey("vs") ? value(a, "vs", -1) : value(a, "sz", value(a, "mem_size", -1)),
                (int) value(a, "id", 0),
                (int) value(a, "ref_obj_id", 0),
                a.getOrDefault("map", ""),
                text);
    }

    /** Largest value that the known bits allow. */
    private static long mask(Map<String, String> attributes) {
        Matcher bits = MASK.matcher(attributes.getOrDefault("var_off", ""));
        return bits.matches() ? constant(bits.group(1)) | constant(bits.group(2)) : -1;
    }

    private static Map<String, String> attributes(String list) {
        Map<String, String> attributes = new HashMap<>();
        if (list == null) {
            return attributes;
        }
        Matcher matcher = ATTRIBUTE.matcher(list);
        while (matcher.find()) {
            for (String name : matcher.group(1).split("=")) { // smin=umin=3 says both
                attributes.put(name.replace("_value", ""), matcher.group(2));
            }
        }
        return attributes;
    }

    private static long value(Map<String, String> attributes, String name, long otherwise) {
        String text = attributes.get(name);
        return text == null || !text.matches("-?(0x[0-9a-f]+|\\d+)") ? otherwise : constant(text);
    }

    private static long constant(String text) {
        boolean negative = text.startsWith("-");
        String digits = negative ? text.substring(1) : text;
        try {
            long value = digits.startsWith("0x")
                    ? Long.parseUnsignedLong(digits.substring(2), 16)
                    : Long.parseUnsignedLong(digits);
            return negative ? -value : value;
        } catch (NumberFormatException tooLong) { // a forged log: no more than 64 bits are ever written
            return 0;
        }
    }
}
