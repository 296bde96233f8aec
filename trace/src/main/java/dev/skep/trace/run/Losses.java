package dev.skep.trace.run;

import dev.skep.object.host.LoadedObject;
import dev.skep.trace.plan.PlannedProbe;
import dev.skep.trace.plan.TracePlan;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** How many events found no room in the ring. */
final class Losses {
    private final List<PlannedProbe> probes;
    private final Optional<Globals> counters;
    private long known;

    Losses(TracePlan plan, LoadedObject loaded) {
        this.probes = plan.probes();
        this.counters = Globals.find(plan.object(), loaded, plan.losses());
    }

    /** How many were lost until this was asked last. */
    long known() {
        return known;
    }

    /** Whose events were lost, and how many of each; empty if none were. */
    List<String> byProbe() {
        List<String> lost = new ArrayList<>();
        if (known > 0) {
            ByteBuffer values = counters.orElseThrow().read();
            for (PlannedProbe probe : probes) { // in the order of the programs, which is that of the counters
                long count = values.getLong();
                if (count != 0) {
                    lost.add(probe.name() + ": " + count);
                }
            }
        }
        return lost;
    }

    /** How many were lost since this was asked last; empty if none. */
    OptionalLong news() {
        if (counters.isEmpty()) {
            return OptionalLong.empty();
        }
        ByteBuffer values = counters.get().read();
        long sum = 0;
        while (values.remaining() >= Long.BYTES) {
            sum += values.getLong();
        }
        long more = sum - known;
        known = sum;
        return more == 0 ? OptionalLong.empty() : OptionalLong.of(more);
    }
}
