package dev.skep.trace.check;

import dev.skep.trace.source.Spelling;
import java.util.Collection;

/** Which of the names that exist was probably meant. */
final class Nearest {
    private Nearest() {}

    /** A hint that names the nearest one, if any is near. */
    static String[] hints(String name, Collection<String> existing) {
        return Spelling.hints(name, existing);
    }
}
