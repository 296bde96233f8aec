package dev.skep.trace.run;

import dev.skep.object.host.LoadedObject;
import dev.skep.trace.plan.TracePlan;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/** How many events found no room in the ring. */
final class Losses {
    private final Optional<Globals> counters;
    private long known;

    Losses(TracePlan plan, LoadedObject loaded) {
        this.counters = Globals.find(plan.object(), loaded, plan.losses());
    }

    /** How many were lost until this was asked last. */
    long known() {
        return known;
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
