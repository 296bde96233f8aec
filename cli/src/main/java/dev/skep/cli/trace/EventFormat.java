package dev.skep.cli.trace;

import dev.skep.trace.system.Tracepoints.Field;
import dev.skep.trace.system.Tracepoints.Format;
import dev.skep.trace.system.Tracepoints.Location;
import dev.skep.trace.system.Tracepoints.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the file {@code format} of a tracepoint (Documentation/trace/events.rst, "Event formats"). */
final class EventFormat {
    private static final Pattern FIELD =
            Pattern.compile("\\s*field:(.+?);\\s*offset:(\\d+);\\s*size:(\\d+);\\s*signed:(\\d+);.*");
    /** The last name, with brackets if it is an array: the bound may be a name. */
    private static final Pattern DECLARATION = Pattern.compile("(.*?)(\\w+)((?:\\[[^\\]]*\\])*)");

    private EventFormat() {}

    static Format parse(Name name, List<String> lines) {
        int id = 0;
        List<Field> fields = new ArrayList<>();
        for (String line : lines) {
            Matcher field = FIELD.matcher(line);
            if (line.startsWith("ID:")) {
                id = Integer.parseInt(line.substring(3).strip());
            } else if (field.matches()) {
                fields.add(field(
                        field.group(1).strip(),
                        Integer.parseInt(field.group(2)),
                        Integer.parseInt(field.group(3)),
                        field.group(4).equals("1")));
            }
        }
        return new Format(name, id, fields);
    }

    private static Field field(String declaration, int offset, int size, boolean signed) {
        Location location = declaration.startsWith("__data_loc")
                ? Location.FROM_START
                : declaration.startsWith("__rel_loc") ? Location.FROM_FIELD : Location.HERE;
        Matcher parts = DECLARATION.matcher(declaration);
        if (!parts.matches()) {
            return new Field(declaration, "", 0, offset, size, signed, location);
        }
        String brackets = parts.group(3);
        String bound = brackets.isEmpty() ? "" : brackets.substring(1, brackets.indexOf(']'));
        boolean isNumber = !bound.isEmpty() && bound.chars().allMatch(Character::isDigit);
        return new Field(
                parts.group(1).strip(),
                parts.group(2),
                isNumber ? Integer.parseInt(bound) : 0,
                offset,
                size,
                signed,
                location);
    }
}
