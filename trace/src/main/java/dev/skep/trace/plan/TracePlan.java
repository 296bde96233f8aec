package dev.skep.trace.plan;

import dev.skep.object.BpfObject;
import java.util.List;

/**
 * A compiled script. Plain data: the same on every machine whose kernel has the probes.
 *
 * @param object programs and maps
 * @param probes in the order of the script, each with its program
 * @param maps those of the script, in the order in which their names sort
 * @param actions what events ask for: an event's first 64 bits are the index here
 * @param events the name in the object of the ring buffer of events; {@code ""} if the script sends none
 * @param gate the name of a 32-bit global of {@code .bss} that programs other than {@code begin} and {@code end} read first: while it
 *     is 0 they do nothing; {@code ""} if they need none, since there is one alone, attached in one step
 * @param start the name of a 64-bit global of {@code .bss} for the time when tracing starts, in nanoseconds since the boot
 *     ({@code CLOCK_BOOTTIME}): {@code elapsed} counts from there
 * @param losses the name of a global with 64 bits for each program of the object, in its order: how many of its events found no room
 * @param exit the name of a 64-bit global that says whether the script has asked for its end, even if the event finds no room: the upper half
 *     is 1 then, the lower half the code; {@code ""} if it never does
 * @param failures what programs count that goes wrong
 * @param failed the name of a global with the counters of {@code failures}, in their order, as {@link Failure} says; {@code ""} if there
 *     are none
 * @param types what values of C types consist of
 * @param settings of {@code config}
 */
public record TracePlan(
        BpfObject object,
        List<PlannedProbe> probes,
        List<PlannedMap> maps,
        List<Action> actions,
        String events,
        String gate,
        String start,
        String losses,
        String exit,
        List<Failure> failures,
        String failed,
        PlannedTypes types,
        Settings settings) {
    /** The name of a 32-bit global of {@code .bss} for the process ID of the tracer, whom probes at all functions of a library leave out. */
    public static final String TRACER_GLOBAL = "tracer";

    public TracePlan {
        probes = List.copyOf(probes);
        maps = List.copyOf(maps);
        actions = List.copyOf(actions);
        failures = List.copyOf(failures);
    }

    /** The same with other probes; programs that none has are loaded, but never run. */
    public TracePlan with(List<PlannedProbe> others) {
        return new TracePlan(
                object, others, maps, actions, events, gate, start, losses, exit, failures, failed, types, settings);
    }
}
