package dev.skep.cli.output;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Rows of text in aligned columns, two spaces apart, no trailing spaces. */
public final class Table {
    private final List<Column> columns;
    private final List<Row> rows = new ArrayList<>();

    private record Column(String heading, boolean right) {}

    private record Row(List<String> cells, UnaryOperator<String> paint) {}

    /**
     * An empty table.
     *
     * @param headings of the columns; one that starts with {@code >} is for numbers, aligned to the right
     */
    public Table(String... headings) {
        columns = java.util.Arrays.stream(headings)
                .map(h -> h.startsWith(">") ? new Column(h.substring(1), true) : new Column(h, false))
                .toList();
    }

    /** Adds a row. */
    public Table row(Object... cells) {
        return painted(UnaryOperator.identity(), cells);
    }

    /** Adds a row whose first cell is coloured. */
    public Table painted(UnaryOperator<String> paint, Object... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        rows.add(new Row(java.util.Arrays.stream(cells).map(String::valueOf).toList(), paint));
        return this;
    }

    /** True if there is no row. */
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Prints headings and rows, each line after {@code indent}. */
    public void print(PrintWriter out, String indent, Style style) {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = columns.get(i).heading.length();
            for (Row row : rows) {
                widths[i] = Math.max(widths[i], row.cells.get(i).length());
            }
        }
        List<String> headings = columns.stream().map(Column::heading).toList();
        out.println(style.bold(line(headings, widths, indent, UnaryOperator.identity())));
        for (Row row : rows) {
            out.println(line(row.cells, widths, indent, row.paint));
        }
    }

    private String line(List<String> cells, int[] widths, String indent, UnaryOperator<String> paint) {
        StringBuilder line = new StringBuilder(indent);
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            String padding = " ".repeat(widths[i] - cell.length());
            String shown = i == 0 ? paint.apply(cell) : cell;
            line.append(i == 0 ? "" : "  ").append(columns.get(i).right ? padding + shown : shown + padding);
        }
        return line.toString().stripTrailing();
    }
}
