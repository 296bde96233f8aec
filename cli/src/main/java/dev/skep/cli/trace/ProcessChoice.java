package dev.skep.cli.trace;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/** The process that {@code -p} or {@code -c} names; none for all. */
final class ProcessChoice implements AutoCloseable {
    private final Optional<TracedProcess> process;
    private final boolean isRunning;

    private ProcessChoice(Optional<TracedProcess> process, boolean isRunning) {
        this.process = process;
        this.isRunning = isRunning;
    }

    /** @throws TraceFailure if both are named, or there is no such process */
    static ProcessChoice of(Optional<String> pid, Optional<String> command) throws IOException {
        if (pid.isPresent() && command.isPresent()) {
            throw new TraceFailure("USAGE: Cannot use both -c and -p.");
        }
        if (pid.isPresent()) {
            return new ProcessChoice(Optional.of(TracedProcess.running(pid.get())), true);
        }
        return new ProcessChoice(
                command.isPresent() ? Optional.of(TracedProcess.started(command.get())) : Optional.empty(), false);
    }

    /** The process, if there is one. */
    OptionalInt pid() {
        return process.isPresent() ? OptionalInt.of(process.get().pid()) : OptionalInt.empty();
    }

    /** The process that was started: that of {@code -c}. */
    OptionalInt child() {
        return isRunning ? OptionalInt.empty() : pid();
    }

    /** The process that probes are limited to: that of {@code -p}. */
    OptionalInt onlyPid() {
        return isRunning ? pid() : OptionalInt.empty();
    }

    void letGo() {
        process.ifPresent(TracedProcess::letGo);
    }

    boolean hasEnded() {
        return process.isPresent() && !process.get().isAlive();
    }

    @Override
    public void close() {
        process.ifPresent(TracedProcess::close);
    }
}
