package dev.skep.trace.print;

import java.util.List;

/** Values as bpftrace's text. */
final class ValueText {
    private static final String FRAME_INDENT = " ".repeat(8);
    private static final String KEY_FRAME_INDENT = " ".repeat(4);

    private ValueText() {}

    /** A value as {@code print} and {@code printf("%s")} show it. */
    static void append(Value value, TextBuffer out) {
        append(value, FRAME_INDENT, out);
    }

    /** What is between the brackets: the parts of a key without parentheses around them. */
    static void appendKey(Value key, TextBuffer out) {
        if (key instanceof Value.Tuple(List<Value> elements)) {
            list(elements, ", ", KEY_FRAME_INDENT, out);
        } else {
            append(key, KEY_FRAME_INDENT, out);
        }
    }

    private static void append(Value value, String indent, TextBuffer out) {
        switch (value) {
            case Value.Number(long number, boolean signed) -> out.append(number, signed);
            case Value.Truth(boolean truth) -> out.append(truth ? "true" : "false");
            case Value.Text(String text) -> out.append(text);
            case Value.Buffer buffer -> BufferText.append(buffer.content(), BufferText.Style.READABLE, out);
            case Value.Address(long address) -> out.append("0x").unsigned(address, 16, false);
            case Value.Named(String name, long _) -> out.append(name);
            case Value.CallStack stack -> stack(stack, indent, out);
            case Value.Sequence(List<Value> elements) -> {
                out.append('[');
                list(elements, ",", indent, out);
                out.append(']');
            }
            case Value.Tuple(List<Value> elements) -> {
                out.append('(');
                list(elements, ", ", indent, out);
                out.append(')');
            }
            case Value.Members(List<Value.Member> members) -> members(members, indent, out);
            case Value.Statistics statistics -> statistics(statistics, out);
            case Value.Histogram histogram -> HistogramText.append(histogram, out);
            case Value.Series series -> SeriesText.append(series, out);
            case Value.Missing _ -> out.append("null");
        }
    }

    private static void list(List<Value> elements, String between, String indent, TextBuffer out) {
        for (int i = 0; i < elements.size(); i++) {
            if (i > 0) {
                out.append(between);
            }
            append(elements.get(i), indent, out);
        }
    }

    private static void members(List<Value.Member> members, String indent, TextBuffer out) {
        if (members.isEmpty()) {
            out.append("{}");
            return;
        }
        out.append("{ ");
        for (int i = 0; i < members.size(); i++) {
            out.append(i == 0 ? "." : ", .").append(members.get(i).name()).append(" = ");
            append(members.get(i).value(), indent, out);
        }
        out.append(" }");
    }

    private static void stack(Value.CallStack stack, String indent, TextBuffer out) {
        out.append('\n');
        String before = switch (stack.mode()) {
            case PERF -> "\t";
            case RAW -> "";
            default -> indent;
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
