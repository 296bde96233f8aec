package dev.skep.trace.print;

import dev.skep.object.Bytes;
import java.util.List;

/** Values as JSON, with the spaces that bpftrace's has. */
final class ValueJson {
    /** Of the significand of a double. */
    private static final int DOUBLE_DIGITS = 53;

    private ValueJson() {}

    static void append(Value value, TextBuffer out) {
        switch (value) {
            case Value.Number(long number, boolean signed) -> number(number, signed, out);
            case Value.Truth(boolean truth) -> out.append(truth ? "true" : "false");
            case Value.Address(long address) -> number(address, false, out);
            case Value.Named(String _, long number) -> number(number, true, out);
            case Value.Buffer buffer -> buffer(buffer.content(), out);
            case Value.Text _, Value.CallStack _ -> quoted(text(value), out);
            case Value.Sequence(List<Value> elements) -> list(elements, out);
            case Value.Tuple(List<Value> elements) -> list(elements, out);
            case Value.Members(List<Value.Member> members) -> members(members, out);
            case Value.Statistics statistics -> statistics(statistics, out);
            case Value.Histogram histogram -> histogram(histogram, out);
            case Value.Series series -> series(series, out);
            case Value.Missing _ -> out.append("null");
        }
    }

    private static String text(Value value) {
        TextBuffer text = new TextBuffer();
        ValueText.append(value, text);
        return text.toString();
    }

    /** A number that a double cannot hold is in quotes: readers of JSON would change it. */
    private static void number(long number, boolean signed, TextBuffer out) {
        boolean negative = signed && number < 0;
        long magnitude = negative ? -number : number;
        int digits = Long.SIZE - Long.numberOfLeadingZeros(magnitude) - Long.numberOfTrailingZeros(magnitude);
        String quote = digits > DOUBLE_DIGITS ? "\"" : "";
        out.append(quote).append(number, signed).append(quote);
    }

    private static void buffer(Bytes content, TextBuffer out) {
        out.append('[');
        for (int i = 0; i < content.length(); i++) {
            out.append(i == 0 ? "" : ",").append(content.at(i), true);
        }
        out.append(']');
    }

    /** A key as a member's name: its parts with commas between, and no spaces but those in texts. */
    static void appendKey(Value key, TextBuffer out) {
        TextBuffer text = new TextBuffer();
        ValueText.appendKey(key, ValueText.Style.NARROW, text);
        quoted(text.toString(), out);
    }

    private static void list(List<Value> elements, TextBuffer out) {
        out.append('[');
        for (int i = 0; i < elements.size(); i++) {
            out.append(i == 0 ? "" : ",");
            append(elements.get(i), out);
        }
        out.append(']');
    }

    private static void members(List<Value.Member> members, TextBuffer out) {
        out.append('{');
        for (int i = 0; i < members.size(); i++) {
            out.append(i == 0 ? "" : ", ");
            quoted(members.get(i).name(), out);
            out.append(": ");
            append(members.get(i).value(), out);
        }
        out.append('}');
    }

    private static void statistics(Value.Statistics all, TextBuffer out) {
        out.append("{\"count\": ").append(all.count(), false);
        number(all.average(), all.signed(), out.append(", \"average\": "));
        number(all.total(), all.signed(), out.append(", \"total\": "));
        out.append('}');
    }

    private static void histogram(Value.Histogram histogram, TextBuffer out) {
        out.append('[');
        for (int i = 0; i < histogram.buckets().size(); i++) {
            Value.Bucket bucket = histogram.buckets().get(i);
            out.append(i == 0 ? "{" : ",{");
            if (bucket.from().isPresent()) {
                number(bucket.from().getAsLong(), true, out.append("\"min\": "));
                out.append(", ");
            }
            if (bucket.to().isPresent()) {
                number(bucket.to().getAsLong() - 1, true, out.append("\"max\": "));
                out.append(", ");
            }
            out.append("\"count\": ").append(bucket.count(), false).append('}');
        }
        out.append(']');
    }

    private static void series(Value.Series series, TextBuffer out) {
        out.append('[');
        for (int i = 0; i < series.points().size(); i++) {
            Value.Point point = series.points().get(i);
            out.append(i == 0 ? "" : ",").append("{\"interval_start\":");
            String fraction = Long.toString(1_000_000_000L + Math.floorMod(point.start(), 1_000_000_000L));
            quoted(TimeFormat.of("%F %T").format(point.start()) + "." + fraction.substring(1), out);
            out.append(",\"value\":");
            append(point.value(), out);
            out.append('}');
        }
        out.append(']');
    }

    /** A text in quotes, with what JSON wants escaped (RFC 8259). */
    static void quoted(String text, TextBuffer out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            switch (each) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (each < ' ') {
                        out.append("\\u00")
                                .append(Character.forDigit(each >> 4, 16))
                                .append(Character.forDigit(each & 15, 16));
                    } else if (each < 0x80) {
                        out.append(each);
                    } else {
                        int end = Character.isHighSurrogate(each) ? Math.min(i + 2, text.length()) : i + 1;
                        out.append(text.substring(i, end));
                        i = end - 1;
                    }
                }
            }
        }
        out.append('"');
    }
}
