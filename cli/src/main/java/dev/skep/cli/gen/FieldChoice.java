package dev.skep.cli.gen;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Fields that were asked for, and those of the structures that they lead to.
 *
 * @param fields by name, in the order in which they were asked for
 */
record FieldChoice(Map<String, FieldChoice> fields) {
    /** Reads {@code pid,real_parent.tgid,real_parent.comm}. */
    static FieldChoice parse(String text) {
        FieldChoice choice = new FieldChoice(new LinkedHashMap<>());
        for (String path : text.split(",", -1)) {
            FieldChoice at = choice;
            for (String name : path.strip().split("\\.", -1)) {
                at = at.fields.computeIfAbsent(name, n -> new FieldChoice(new LinkedHashMap<>()));
            }
        }
        return choice;
    }

    /** True if nothing further is asked for. */
    boolean isEmpty() {
        return fields.isEmpty();
    }
}
