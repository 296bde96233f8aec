package dev.skep.trace.print;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Formats of strftime(3), in the language "C", and bpftrace's {@code %f}: microseconds in six digits. What it does not know it leaves as
 * it is.
 */
public final class TimeFormat {
    private static final Map<Character, Function<ZonedDateTime, String>> CONVERSIONS = conversions();
    private static final long SECOND = 1_000_000_000L;

    private final String format;
    private final ZoneId zone;

    private TimeFormat(String format, ZoneId zone) {
        this.format = format;
        this.zone = zone;
    }

    /** A format in the machine's time zone. */
    public static TimeFormat of(String format) {
        return in(format, ZoneId.systemDefault());
    }

    static TimeFormat in(String format, ZoneId zone) {
        return new TimeFormat(format, zone);
    }

    /** A time as text. @param nanoseconds since 1970 */
    public String format(long nanoseconds) {
        ZonedDateTime time = Instant.ofEpochSecond(
                        Math.floorDiv(nanoseconds, SECOND), Math.floorMod(nanoseconds, SECOND))
                .atZone(zone);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char each = format.charAt(i);
            if (each != '%' || i + 1 == format.length()) {
                text.append(each);
                continue;
            }
            char conversion = format.charAt(++i);
            text.append(Optional.ofNullable(CONVERSIONS.get(conversion))
                    .map(apply -> apply.apply(time))
                    .orElse("%" + conversion));
        }
        return text.toString();
    }

    private static Map<Character, Function<ZonedDateTime, String>> conversions() {
        Map<Character, Function<ZonedDateTime, String>> all = new HashMap<>();
        Map<Character, String> patterns = Map.ofEntries(
                Map.entry('a', "EEE"),
                Map.entry('A', "EEEE"),
                Map.entry('b', "MMM"),
                Map.entry('h', "MMM"),
                Map.entry('B', "MMMM"),
                Map.entry('c', "EEE MMM ppd HH:mm:ss uuuu"),
                Map.entry('d', "dd"),
                Map.entry('D', "MM/dd/uu"),
                Map.entry('e', "ppd"),
                Map.entry('F', "uuuu-MM-dd"),
                Map.entry('H', "HH"),
                Map.entry('I', "hh"),
                Map.entry('j', "DDD"),
                Map.entry('k', "ppH"),
                Map.entry('l', "pph"),
                Map.entry('m', "MM"),
                Map.entry('M', "mm"),
                Map.entry('p', "a"),
                Map.entry('r', "hh:mm:ss a"),
                Map.entry('R', "HH:mm"),
                Map.entry('S', "ss"),
                Map.entry('T', "HH:mm:ss"),
                Map.entry('x', "MM/dd/uu"),
                Map.entry('X', "HH:mm:ss"),
                Map.entry('y', "uu"),
                Map.entry('Y', "uuuu"),
                Map.entry('z', "xx"),
                Map.entry('Z', "z"));
        patterns.forEach((conversion, pattern) -> {
            DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
            all.put(conversion, formatter::format);
        });
        all.put('%', _ -> "%");
        all.put('n', _ -> "\n");
        all.put('t', _ -> "\t");
        all.put('f', time -> padded(time.getNano() / 1000, 6));
        all.put('s', time -> Long.toString(time.toEpochSecond()));
        all.put('C', time -> padded(time.getYear() / 100, 2));
        all.put('P', time -> time.getHour() < 12 ? "am" : "pm");
        all.put('u', time -> Integer.toString(time.getDayOfWeek().getValue()));
        all.put('w', time -> Integer.toString(time.getDayOfWeek().getValue() % 7));
        all.put('U', time -> padded((time.getDayOfYear() + 6 - time.get(ChronoField.DAY_OF_WEEK) % 7) / 7, 2));
        all.put('W', time -> padded((time.getDayOfYear() + 6 - (time.get(ChronoField.DAY_OF_WEEK) - 1)) / 7, 2));
        all.put('V', time -> padded(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2));
        all.put('G', time -> Integer.toString(time.get(IsoFields.WEEK_BASED_YEAR)));
        all.put('g', time -> padded(time.get(IsoFields.WEEK_BASED_YEAR) % 100, 2));
        return Map.copyOf(all);
    }

    private static String padded(int number, int digits) {
        String text = Integer.toString(number);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }
}
