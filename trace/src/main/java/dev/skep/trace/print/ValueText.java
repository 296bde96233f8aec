package dev.skep.trace.print;

import java.util.List;

/** Values as bpftrace's text. */
final class ValueText {
    private ValueText() {}

    /** How values are set. */
    enum Style {
        /** With the spaces that text has. */
        PLAIN(" ", " ".repeat(8)),
        /** As a key between brackets. */
        /** Without: as keys in JSON. */
        NARROW("", "");

        private final String space;
        private final String frameIndent;

        Style(String space, String frameIndent) {
            this.space = space;
            this.frameIndent = frameIndent;
        }
    }

    /** A value as {@code print} and {@code printf("%s")} show it. */
    static void append(Value value, TextBuffer out) {
        append(value, Style.PLAIN, out);
    }

    /** What is between the brackets: the parts of a key without parentheses around them. */
    static void appendKey(Value key, Style style, TextBuffer out) {
        if (key instanceof Value.Tuple(List<Value> elements)) {
            list(elements, "," + style.space, style, out);
        } else {
            append(key, style, out);
        }
    }

    private static void append(Value value, Style style, TextBuffer out) {
        switch (value) {
            case Value.Number(long number, boolean signed) -> out.append(number, signed);
            case Value.Truth(boolean truth) -> out.append(truth ? "true" : "false");
            case Value.Text(String text) -> out.append(text);
            case Value.Buffer buffer -> BufferText.append(buffer.content(), BufferText.Style.READABLE, out);
            case Value.Address(long address) -> out.append("0x").unsigned(address, 16, false);
            case Value.Named(String name, long _) -> out.append(name);
            case Value.CallStack stack -> stack(stack, style, out);
            case Value.Sequence(List<Value> elements) -> {
                out.append('[');
                list(elements, ",", style, out);
                out.append(']');
            }
            case Value.Tuple(List<Value> elements) -> {
                out.append('(');
                list(elements, "," + style.space, style, out);
                out.append(')');
            }
            case Value.Members(List<Value.Member> members) -> members(members, style, out);
            case Value.Statistics statistics -> statistics(statistics, out);
            case Value.Histogram histogram -> HistogramText.append(histogram, out);
            case Value.Series series -> SeriesText.append(series, out);
            case Value.Missing _ -> out.append("null");
        }
    }

    private static void list(List<Value> elements, String between, Style style, TextBuffer out) {
        for (int i = 0; i < elements.size(); i++) {
            if (i > 0) {
                out.append(between);
            }
            append(elements.get(i), style, out);
        }
    }

    private static void members(List<Value.Member> members, Style style, TextBuffer out) {
        if (members.isEmpty()) {
            out.append("{}");
            return;
        }
        out.append('{').append(style.space);
        for (int i = 0; i < members.size(); i++) {
            out.append(i == 0 ? "" : "," + style.space)
                    .append('.')
                    .append(members.get(i).name());
            out.append(style.space).append('=').append(style.space);
            append(members.get(i).value(), style, out);
        }
        out.append(style.space).append('}');
    }

    private static void stack(Value.CallStack stack, Style style, TextBuffer out) {
        out.append('\n');
        String before = switch (stack.mode()) {
            case PERF -> "\t";
            case RAW, BUILD_ID -> "";
            default -> style.frameIndent;
        };
        for (String line : stack.lines()) {
            out.append(before).append(line).append('\n');
        }
    }

    private static void statistics(Value.Statistics all, TextBuffer out) {
        out.append("{ .count = ").append(all.count(), false);
        out.append(", .average = ").append(all.average(), all.signed());
        out.append(", .total = ").append(all.total(), all.signed()).append(" }");
    }
}
