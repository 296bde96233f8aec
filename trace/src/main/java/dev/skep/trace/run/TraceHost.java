package dev.skep.trace.run;

import dev.skep.object.host.BpfMap;
import dev.skep.object.host.LoadedObject;
import dev.skep.object.host.Program;
import dev.skep.trace.plan.PlannedProbe;
import dev.skep.trace.plan.TracePlan;
import dev.skep.trace.print.Symbols;
import dev.skep.trace.system.Machine;
import dev.skep.trace.type.TraceType;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Where a compiled script runs: what the tracer wants of a host beyond {@link dev.skep.object.host.Host}. */
public interface TraceHost {
    /** Loads the script's programs and maps. @throws dev.skep.object.host.HostException if the host refuses them */
    LoadedObject load(TracePlan plan);

    /**
     * Attaches a program to its probe.
     *
     * @param omitted is told of places that it could not be attached to, of a probe that has several
     * @return detaches it when closed
     * @throws dev.skep.object.host.HostException if there is no such place, or the host refuses
     */
    AutoCloseable attach(Program program, PlannedProbe probe, Consumer<Omission> omitted);

    /** Runs a program once, which is attached nowhere. @return what it returns */
    long runOnce(Program program);

    /**
     * Runs a program as often as told, one run after the other.
     *
     * @return the nanoseconds that a run took, on average
     */
    long measure(Program program, int times);

    /** What an attached iterator's program writes as it is shown everything there is. */
    byte[] iterate(AutoCloseable attached);

    /** Has {@code action} run, on another thread, when the process gets a signal: {@code SIGUSR1}. */
    void onSignal(String signal, Runnable action);

    /** Opens the reading end of a ring buffer. */
    EventRing events(BpfMap map);

    /** The ID of the process that traces, which probes at all functions of a library leave out; empty if it is traced by none. */
    default OptionalInt process() {
        return OptionalInt.of((int) ProcessHandle.current().pid());
    }

    /** Names of addresses. */
    Symbols symbols();

    /** Processors, users, control groups. */
    Machine machine();

    /** The time in nanoseconds since 1970 that a clock's time is. */
    long wallClock(TraceType.Clock clock, long nanoseconds);

    /** The time by {@code CLOCK_BOOTTIME}, in nanoseconds. */
    long bootTime();

    /** The time in nanoseconds since 1970. */
    default long now() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    /** Removes watchpoints from an address. */
    void unwatch(long address);

    /** Appends a packet to a capture file. @param nanoseconds when, by the clock since the boot */
    void writePacket(String path, long nanoseconds, MemorySegment packet);
}
