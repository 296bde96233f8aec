package dev.skep.replay;

import dev.skep.trace.plan.TracePlan;
import dev.skep.trace.print.Output;
import dev.skep.trace.record.RecordedSystem;
import dev.skep.trace.record.Recording;
import dev.skep.trace.run.Complaints;
import dev.skep.trace.run.Tracer;
import java.util.Map;

/** Runs compiled scripts over a recording, in the embedded engine. */
public final class Replay {
    private final Recording recording;
    private final RecordedSystem system;

    /** @throws dev.skep.object.InputException if the kernel's types in the recording are damaged */
    public Replay(Recording recording) {
        this.recording = recording;
        this.system = new RecordedSystem(recording);
    }

    /** The machine that scripts are to be compiled for. */
    public RecordedSystem system() {
        return system;
    }

    /**
     * What a replay was.
     *
     * @param exitCode what the script gave {@code exit}, else 0
     * @param events how many runs of programs were replayed
     * @param otherEvents how many recorded runs are of probes that the script does not have
     * @param missing what the script wanted to know that is not recorded, and how often: a read of memory fails then as one of memory
     *     that is not there, a name stays a number
     * @param lost how many records found no room when it was recorded
     */
    public record Summary(int exitCode, long events, long otherEvents, Map<String, Long> missing, long lost) {
        public Summary {
            missing = Map.copyOf(missing);
        }

        /** Whether nothing was missing. */
        public boolean isComplete() {
            return missing.isEmpty() && lost == 0;
        }
    }

    /**
     * Runs a script to its end, or to the recording's.
     *
     * @param plan compiled for {@link #system()}
     * @param output stays the caller's
     */
    public Summary run(TracePlan plan, Output output, Complaints complaints) {
        try (ReplayHost host = new ReplayHost(recording, system)) {
            Runnable begin = plan.events().isEmpty() ? host::replayAll : () -> {};
            int exitCode = new Tracer(plan, host, output, complaints, Tracer.Mode.TRACE).run(begin, host::isDone);
            return new Summary(
                    exitCode,
                    host.eventsRun(),
                    host.eventsSkipped(),
                    host.missing().counts(),
                    recording.lost());
        }
    }
}
