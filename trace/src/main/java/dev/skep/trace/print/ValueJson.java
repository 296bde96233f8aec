package dev.skep.trace.print;

import java.util.List;

/** Values as JSON, with the spaces that bpftrace's has. */
final class ValueJson {
    private ValueJson() {}

    static void append(Value value, TextBuffer out) {
        switch (value) {
            case Value.Number(long number, boolean signed) -> out.append(number, signed);
            case Value.Truth(boolean truth) -> out.append(truth ? "true" : "false");
            case Value.Address(long address) -> out.append(address, false);
            case Value.Named(String _, long number) -> out.append(number, true);
            case Value.Text _, Value.Buffer _, Value.CallStack _ -> quoted(text(value), out);
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

    /** A key as a member's name: its parts with commas between. */
    static void appendKey(Value key, TextBuffer out) {
        TextBuffer text = new TextBuffer();
        if (key instanceof Value.Tuple(List<Value> elements)) {
            for (int i = 0; i < elements.size(); i++) {
                text.append(i == 0 ? "" : ",");
                ValueText.append(elements.get(i), text);
            }
        } else {
            ValueText.append(key, text);
        }
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
        out.append(", \"average\": ").append(all.average(), all.signed());
        out.append(", \"total\": ").append(all.total(), all.signed()).append('}');
    }

    private static void histogram(Value.Histogram histogram, TextBuffer out) {
        out.append('[');
        for (int i = 0; i < histogram.buckets().size(); i++) {
            Value.Bucket bucket = histogram.buckets().get(i);
            out.append(i == 0 ? "{" : ", {");
            bucket.from()
                    .ifPresent(
                            from -> out.append("\"min\": ").append(from, true).append(", "));
            bucket.to()
                    .ifPresent(
                            to -> out.append("\"max\": ").append(to - 1, true).append(", "));
            out.append("\"count\": ").append(bucket.count(), false).append('}');
        }
        out.append(']');
    }

    private static void series(Value.Series series, TextBuffer out) {
        out.append('[');
        for (int i = 0; i < series.points().size(); i++) {
            Value.Point point = series.points().get(i);
            out.append(i == 0 ? "" : ", ").append("{\"interval_start\": ");
            String fraction = Long.toString(1_000_000_000L + Math.floorMod(point.start(), 1_000_000_000L));
            quoted(TimeFormat.of("%FT%T").format(point.start()) + "." + fraction.substring(1), out);
            out.append(", \"value\": ");
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
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
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
