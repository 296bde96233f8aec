package dev.skep.trace.run;

import dev.skep.object.host.LoadedObject;
import dev.skep.trace.plan.Action;
import dev.skep.trace.plan.Failure;
import dev.skep.trace.plan.TracePlan;
import dev.skep.trace.print.Output;
import dev.skep.trace.source.Span;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Tells what went wrong in programs, by their counters. */
final class Failures {
    private static final String BY_ZERO =
            "Divide or modulo by 0 detected. This can lead to unexpected results. 1 is being used as the result.";
    private static final String CUT =
            "The kernel ended this loop, which did not end in time: it lets one run for about 8 million rounds or,"
                    + " since Linux 6.15, a quarter of a second.";

    private final List<Failure> failures;
    private final Optional<Globals> counters;
    private final Output output;
    private final Complaints complaints;
    private final long[] known;

    Failures(TracePlan plan, LoadedObject loaded, Output output, Complaints complaints) {
        this.failures = plan.failures();
        this.counters = failures.isEmpty() ? Optional.empty() : Globals.find(plan.object(), loaded, plan.failed());
        this.output = output;
        this.complaints = complaints;
        this.known = new long[failures.size()];
    }

    /** Tells what has gone wrong since this was done last, once for each place. */
    void tellNews() {
        counters.ifPresent(global -> tellNews(global.read()));
    }

    private void tellNews(ByteBuffer values) {
        for (int i = 0; i < known.length && values.remaining() >= Failure.BYTES; i++) {
            long count = values.getLong();
            long code = values.getLong();
            if (count != known[i]) {
                tell(failures.get(i), (int) code, count - known[i]);
                known[i] = count;
            }
        }
    }

    private void tell(Failure failure, int code, long times) {
        switch (failure) {
            case Failure.OfHelper(var helper, var place) -> {
                if (!output.helperFailed(place, helper, code, times)) {
                    complaints.helperFailed(place, helper, -code, times);
                }
            }
            case Failure.DivisionByZero(var place) -> tell(place, BY_ZERO, times);
            case Failure.LoopCut(var place) -> tell(place, CUT, times);
        }
    }

    private void tell(Span place, String what, long times) {
        String message = times == 1 ? what : what + " (" + times + " times)";
        if (!output.complained(place, Action.Complaint.FAILURE, message)) {
            complaints.at(place, Action.Complaint.FAILURE, message);
        }
    }
}
