package dev.skep.cli.kernel;

import java.util.List;
import java.util.stream.Collectors;

/** Ids of kernel objects in one cell of a table. */
public final class Ids {
    private static final int SHOWN = 2;

    private Ids() {}

    /** The first ones and how many more there are: {@code 12,13 +4}; "-" if there are none. */
    public static String text(List<Integer> ids) {
        if (ids.isEmpty()) {
            return "-";
        }
        String first = ids.stream().limit(SHOWN).map(String::valueOf).collect(Collectors.joining(","));
        return ids.size() <= SHOWN ? first : first + " +" + (ids.size() - SHOWN);
    }
}
