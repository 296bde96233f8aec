package dev.skep.trace.run;

import dev.skep.object.host.BpfMap;
import dev.skep.object.host.LoadedObject;
import dev.skep.object.host.Program;
import dev.skep.trace.plan.PlannedMap;
import dev.skep.trace.plan.PlannedProbe;
import dev.skep.trace.plan.ProbeTarget;
import dev.skep.trace.plan.TracePlan;
import dev.skep.trace.print.Decoder;
import dev.skep.trace.print.MapContent;
import dev.skep.trace.print.Output;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A loaded script: its events, its maps, its gate. */
final class Session implements AutoCloseable {
    private static final Duration TURN = Duration.ofMillis(100);
    /**
     * How long events are let gather once there is one. The kernel wakes us for an event that we have read all others before, which costs
     * the traced process microseconds; so those that come meanwhile cost it nothing.
     */
    private static final Duration GATHERING = Duration.ofMillis(2);
    /** While so many events come at once, what they print is not pushed out for its own sake. */
    private static final int BUSY = 64;
    /** After so many at once there is no waiting for more, lest the ring becomes full. */
    private static final int MANY = 256;

    private final TracePlan plan;
    private final LoadedObject loaded;
    private final TraceHost host;
    private final Output output;
    private final BooleanSupplier interrupted;
    private final Optional<EventRing> ring;
    private final Map<String, MapReader> maps = new LinkedHashMap<>();
    private final Actions actions;
    private final EventRing.Reader reader = this::deal;
    private final Complaints complaints;
    private final Losses losses;
    private final Failures failures;
    private final Optional<Globals> exit;
    private boolean busy;
    private boolean ending;
    /** Set by {@code exit}: what other programs have sent by then is of no interest any more. */
    private boolean deaf;

    private boolean ended;
    private boolean iterating;

    private long exitCode;

    Session(
            TracePlan plan,
            LoadedObject loaded,
            TraceHost host,
            Output output,
            Complaints complaints,
            BooleanSupplier interrupted) {
        this.plan = plan;
        this.loaded = loaded;
        this.host = host;
        this.output = output;
        this.interrupted = interrupted;
        Decoder decoder = new Decoder(plan.types(), plan.settings(), new LoadedSurroundings(loaded, host));
        for (PlannedMap map : plan.maps()) {
            maps.put(map.name(), new MapReader(map, map(map.map()), decoder));
        }
        this.complaints = complaints;
        this.actions = new Actions(plan, decoder, maps, host, output, complaints, this::exit);
        this.losses = new Losses(plan, loaded);
        this.failures = new Failures(plan, loaded, output, complaints);
        this.exit = Globals.find(plan.object(), loaded, plan.exit());
        this.ring = plan.events().isEmpty() ? Optional.empty() : Optional.of(host.events(map(plan.events())));
    }

    private BpfMap map(String name) {
        return loaded.map(name)
                .map(BpfMap.class::cast)
                .orElseThrow(() -> new NoSuchElementException("there is no map " + name));
    }

    private void exit(long code) {
        if (!ending) {
            exitCode = code;
        }
        ending = true;
        deaf |= !iterating;
    }

    /** Deals with what iterators have sent: all of it, as they have gone over everything before anybody heard of an exit. */
    void drainIterators() {
        iterating = true;
        drain();
        iterating = false;
        deaf |= ending;
    }

    /** Takes what comes from now on, but not what came since the script asked for its end. */
    void listenAgain() {
        drain();
        deaf = false;
        ended = true;
    }

    /** Whether the script has asked for its end. */
    boolean isEnding() {
        return ending;
    }

    /** Whether somebody else has asked for it. */
    boolean isInterrupted() {
        return interrupted.getAsBoolean();
    }

    int exitCode() {
        return (int) exitCode;
    }

    Program program(PlannedProbe probe) {
        return Tracer.program(loaded, probe);
    }

    /** From here on {@code elapsed} counts. */
    void start() {
        host.process()
                .ifPresent(own -> Globals.find(plan.object(), loaded, TracePlan.TRACER_GLOBAL)
                        .ifPresent(tracer -> tracer.writeInt(own)));
        Globals.find(plan.object(), loaded, plan.start()).ifPresent(start -> start.writeLong(host.bootTime()));
    }

    /** Sets all probes going. */
    void open() {
        Globals.find(plan.object(), loaded, plan.gate()).ifPresent(gate -> gate.writeInt(1));
    }

    /** Runs the programs that are attached nowhere, of one kind. */
    void runAll(Class<? extends ProbeTarget> kind) {
        for (PlannedProbe probe : plan.probes()) {
            if (kind.isInstance(probe.target())) {
                host.runOnce(program(probe));
                drain();
                failures.tellNews();
            }
        }
    }

    /** Waits a while for events, and deals with those that come. */
    void turn() {
        if (ring.isEmpty()) {
            pause(TURN);
        } else {
            if (ring.get().await(TURN) && !busy) {
                pause(GATHERING);
            }
            drain();
        }
        tellNews();
    }

    /** What programs have counted. */
    private void tellNews() {
        losses.news().ifPresent(events -> {
            if (!output.lost(events)) {
                complaints.note("Lost " + events + " events");
            }
        });
        failures.tellNews();
    }

    /** The maps as they are now. */
    WatchedMaps watched() {
        List<WatchedMaps.Watched> now = new ArrayList<>();
        for (PlannedMap map : plan.maps()) {
            now.add(new WatchedMaps.Watched(
                    map, Objects.requireNonNull(maps.get(map.name())).read(0, 0)));
        }
        return new WatchedMaps(now, losses.known());
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deal(MemorySegment memory, long offset, int length) {
        deaf |= !ended && interrupted.getAsBoolean();
        if (!deaf) {
            actions.accept(memory, offset, length);
        }
    }

    /** Deals with all events that are there. */
    void drain() {
        if (ring.isPresent()) {
            long asked = exit.map(word -> word.read().getLong()).orElse(0L);
            int all = 0;
            int read;
            do {
                read = ring.get().drain(reader);
                all += read;
            } while (read >= BUSY && !deaf);
            busy = all >= MANY;
            if (asked != 0 && !ending) {
                exit((int) asked); // its event found no room
            }
        }
        output.flush();
    }

    /** A test has been run: what comes of the next one counts anew. @return whether it had nothing to complain of */
    boolean endTrial() {
        drain();
        boolean passed = exitCode == 0 && actions.takeErrors() == 0;
        exit.ifPresent(word -> word.writeLong(0));
        exitCode = 0;
        ending = false;
        deaf = false;
        return passed;
    }

    /** The last events, and the maps. @param withMaps whether those are printed that the script wants to */
    void finish(boolean withMaps) {
        drain();
        tellNews();
        List<String> lost = losses.byProbe();
        if (!lost.isEmpty()) {
            complaints.warn("Events that found no room in the ring buffer, by probe: " + String.join(", ", lost)
                    + "; perf_rb_pages makes it larger");
        }
        output.beforeMaps();
        if (withMaps && plan.settings().printMapsOnExit()) {
            for (MapReader map : maps.values()) {
                MapContent content = map.read(0, 0);
                if (!content.entries().isEmpty()) {
                    output.map(content);
                }
            }
        }
        output.flush();
    }

    @Override
    public void close() {
        ring.ifPresent(EventRing::close);
    }
}
