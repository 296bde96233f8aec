package dev.skep.linux.tracefs;

import dev.skep.object.core.NearestNames;
import java.util.List;

/** Tells somebody who asked for a tracepoint that is not there what there is instead. */
final class NearestEvents {
    private static final int SHOWN = 5;

    private final TraceFs traceFs;

    NearestEvents(TraceFs traceFs) {
        this.traceFs = traceFs;
    }

    String advice(String category, String name) {
        List<String> here = traceFs.events(category);
        if (here.isEmpty()) {
            List<String> elsewhere = traceFs.categories().stream()
                    .filter(other -> traceFs.events(other).contains(name))
                    .map(other -> other + "/" + name)
                    .toList();
            List<String> similar = NearestNames.of(category, traceFs.categories(), SHOWN);
            return meant(elsewhere.isEmpty() ? similar : elsewhere, "there is no category " + category);
        }
        List<String> similar = NearestNames.of(name, here, SHOWN).stream()
                .map(other -> category + "/" + other)
                .toList();
        return meant(similar, "category " + category + " has " + here.size() + " others");
    }

    private static String meant(List<String> candidates, String otherwise) {
        return candidates.isEmpty() ? otherwise : "did you mean " + String.join(", ", candidates) + "?";
    }
}
