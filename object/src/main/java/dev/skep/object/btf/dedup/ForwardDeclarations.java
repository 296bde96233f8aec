package dev.skep.object.btf.dedup;

import dev.skep.object.btf.BtfType;
import java.util.HashMap;
import java.util.Map;

/**
 * Forward declarations that no comparison has given a meaning: each means the struct or union of its name, if after
 * deduplication exactly one is left.
 */
final class ForwardDeclarations {
    private static final int SEVERAL = 0;

    private record Name(String name, boolean union) {}

    private final CanonicalTypes canonical;
    private final Map<Name, Integer> definitions = new HashMap<>();

    ForwardDeclarations(CanonicalTypes canonical) {
        this.canonical = canonical;
    }

    /** Decides for the forward declarations that are still open. */
    void run() {
        for (int id = 1; id < canonical.count(); id++) {
            if (canonical.type(id) instanceof BtfType.Composite t && !t.name().isEmpty() && canonical.of(id) == id) {
                definitions.merge(new Name(t.name(), t.union()), id, (_, _) -> SEVERAL);
            }
        }
        for (int id = canonical.firstOwn(); id < canonical.count(); id++) {
            if (canonical.type(id) instanceof BtfType.Forward t && canonical.of(id) == id) {
                int definition = definitions.getOrDefault(new Name(t.name(), t.union()), SEVERAL);
                if (definition != SEVERAL) {
                    canonical.decide(id, definition);
                }
            }
        }
    }
}
