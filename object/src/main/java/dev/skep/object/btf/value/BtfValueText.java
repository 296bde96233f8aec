package dev.skep.object.btf.value;

import java.util.List;
import java.util.StringJoiner;

/** Values as people read them, on one line: numbers, names, text in quotes, {@code {field = value}} and {@code [1, 2]}. */
public final class BtfValueText {
    private BtfValueText() {}

    /**
     * For example <code>{proto = IPPROTO_TCP, name = "eth0", address = [10, 0, 0, 1], next = 0x0}</code>. An enumeration's
     * value without a name is its number; bytes that could not be taken apart are hex digits.
     */
    public static String of(BtfValue value) {
        return switch (value) {
            case BtfValue.Whole v -> v.value().toString();
            case BtfValue.Real v -> Double.toString(v.value());
            case BtfValue.Truth v -> Boolean.toString(v.value());
            case BtfValue.Text v -> quoted(v.value());
            case BtfValue.Choice v -> v.name().orElseGet(() -> v.value().toString());
            case BtfValue.Address v -> "0x" + Long.toHexString(v.address());
            case BtfValue.Struct v -> struct(v.fields());
            case BtfValue.Sequence v -> v.text().map(BtfValueText::quoted).orElseGet(() -> sequence(v.elements()));
            case BtfValue.Opaque v -> v.bytes().toString();
        };
    }

    private static String struct(List<BtfValue.Field> fields) {
        StringJoiner text = new StringJoiner(", ", "{", "}");
        for (BtfValue.Field field : fields) {
            text.add(field.name().isEmpty() ? of(field.value()) : field.name() + " = " + of(field.value()));
        }
        return text.toString();
    }

    private static String sequence(List<BtfValue> elements) {
        StringJoiner text = new StringJoiner(", ", "[", "]");
        elements.forEach(element -> text.add(of(element)));
        return text.toString();
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
