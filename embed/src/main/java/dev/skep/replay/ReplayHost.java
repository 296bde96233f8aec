package dev.skep.replay;

import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineOptions;
import dev.skep.engine.EngineProgram;
import dev.skep.engine.context.TaskContext;
import dev.skep.engine.map.RingBufferMap;
import dev.skep.object.Bytes;
import dev.skep.object.host.BpfMap;
import dev.skep.object.host.Errno;
import dev.skep.object.host.EventStream;
import dev.skep.object.host.HostException;
import dev.skep.object.host.LoadedObject;
import dev.skep.object.host.Program;
import dev.skep.trace.plan.PlannedProbe;
import dev.skep.trace.plan.TracePlan;
import dev.skep.trace.print.Symbols;
import dev.skep.trace.record.Entry;
import dev.skep.trace.record.RecordedEvent;
import dev.skep.trace.record.RecordedSystem;
import dev.skep.trace.record.Recording;
import dev.skep.trace.run.EventRing;
import dev.skep.trace.run.Omission;
import dev.skep.trace.run.TraceHost;
import dev.skep.trace.system.Machine;
import dev.skep.trace.type.TraceType;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * The machine of a recording: attached programs are run in an engine for one recorded event after the other, whenever the tracer waits
 * for events.
 */
final class ReplayHost implements TraceHost, AutoCloseable {
    private static final RecordedEvent NOTHING = new RecordedEvent(
            new Entry.Event(0, "", 0, 0, new Entry.Task(0, 0, "", 0, 0, 0), 0, Bytes.EMPTY),
            List.of(),
            List.of(),
            List.of(),
            false);

    /** Where a program runs. @param occurrence which of the script's programs there, from 0 */
    private record Place(String probe, int occurrence) {}

    private final Recording recording;
    private final RecordedSystem system;
    private final Missing missing = new Missing();
    private final RecordedNames names;
    private final RecordedAnswers answers;
    private final EngineHost engine;
    private final Map<String, Place> places = new HashMap<>();
    private final Map<Place, List<EngineProgram>> attached = new HashMap<>();
    private final Map<String, Runnable> signals = new HashMap<>();
    private final Map<Place, Deque<RecordedEvent>> once = new HashMap<>();
    private final Deque<byte[]> sent = new ArrayDeque<>();
    private Optional<EventStream> stream = Optional.empty();
    private RecordedEvent current = NOTHING;
    private int next;
    private long run;
    private long skipped;

    ReplayHost(Recording recording, RecordedSystem system) {
        this.recording = recording;
        this.system = system;
        this.names = new RecordedNames(recording, missing);
        this.answers = new RecordedAnswers(recording.origin(), NOTHING, missing);
        EngineOptions options = EngineOptions.defaults()
                .withCpus(Math.max(1, Math.min(recording.origin().possibleCpus(), 4096)))
                .withObserver(answers);
        this.engine = EngineHost.open(
                system.types().kernel().map(options::withKernelTypes).orElse(options));
    }

    /** What the script asked that is not recorded. */
    Missing missing() {
        return missing;
    }

    /** How many runs of programs were replayed. */
    long eventsRun() {
        return run;
    }

    /** How many recorded runs are of probes that the script does not have. */
    long eventsSkipped() {
        return skipped;
    }

    /** Whether all events have been replayed. */
    boolean isDone() {
        return next == recording.events().size();
    }

    @Override
    public LoadedObject load(TracePlan plan) {
        for (RecordedEvent event : recording.events()) {
            once.computeIfAbsent(place(event), _ -> new ArrayDeque<>()).add(event);
        }
        Map<String, Integer> seen = new HashMap<>();
        for (PlannedProbe probe : plan.probes()) {
            int occurrence = seen.merge(probe.name(), 1, Integer::sum) - 1;
            Place place = new Place(probe.name(), occurrence);
            // A program more than were recorded at the probe sees what the first of these saw.
            places.put(probe.program(), once.containsKey(place) ? place : new Place(probe.name(), 0));
        }
        return engine.load(plan.object());
    }

    private static Place place(RecordedEvent event) {
        return new Place(event.event().probe(), event.event().occurrence());
    }

    private Place place(Program program) {
        return places.getOrDefault(program.spec().name(), new Place("", 0));
    }

    @Override
    public OptionalInt process() {
        return OptionalInt.empty();
    }

    @Override
    public AutoCloseable attach(Program program, PlannedProbe probe, Consumer<Omission> omitted) {
        Place place = place(program);
        List<EngineProgram> there = attached.computeIfAbsent(place, _ -> new ArrayList<>());
        there.add((EngineProgram) program);
        return () -> there.remove(program);
    }

    /** Programs that are attached nowhere take what was recorded of them in turn. */
    @Override
    public long runOnce(Program program) {
        Deque<RecordedEvent> recorded = once.get(place(program));
        RecordedEvent event = recorded == null || recorded.isEmpty() ? NOTHING : recorded.removeFirst();
        return run((EngineProgram) program, event);
    }

    private long run(EngineProgram program, RecordedEvent event) {
        current = event;
        answers.turnTo(event);
        Entry.Task task = event.event().task();
        TaskContext context = new TaskContext(
                (int) (task.process() >>> Integer.SIZE),
                (int) task.process(),
                (int) task.owner(),
                (int) (task.owner() >>> Integer.SIZE),
                task.name(),
                task.group(),
                task.address());
        long result = program.run(new Program.Input(Bytes.EMPTY, event.event().context()), context)
                .returnValue();
        run++;
        stream.ifPresent(events -> events.drain(record -> sent.add(copy(record))));
        return result;
    }

    private static byte[] copy(ByteBuffer record) {
        byte[] content = new byte[record.remaining()];
        record.get(content);
        return content;
    }

    /** Replays the next event of the script's probes; after the one that ended the recorded run all that were seen still. */
    private boolean step() {
        if (isDone()) {
            return false;
        }
        RecordedEvent event = recording.events().get(next++);
        List<EngineProgram> programs = attached.getOrDefault(place(event), List.of());
        Runnable signal = signals.get(event.event().probe());
        programs.forEach(program -> run(program, event));
        if (signal != null) {
            signal.run();
        } else if (programs.isEmpty() && !places.containsValue(place(event))) {
            skipped++;
        }
        if (event.exits()) {
            replayAll();
        }
        return true;
    }

    /** Replays all that is left. */
    void replayAll() {
        boolean more = true;
        while (more) {
            more = step();
        }
    }

    @Override
    public long measure(Program program, int times) {
        throw new HostException(Errno.ENOTSUPP, "measuring bench: probes over a recording: run them in the kernel");
    }

    /** The objects were recorded as events. Nobody may wait for others. */
    @Override
    public byte[] iterate(AutoCloseable iterator) {
        replayAll();
        return new byte[0];
    }

    @Override
    public void onSignal(String signal, Runnable action) {
        signals.put("self:signal:" + signal, action);
    }

    @Override
    public EventRing events(BpfMap map) {
        EventStream events = ((RingBufferMap) map).events();
        stream = Optional.of(events);
        return new Ring(events);
    }

    /** What programs send is taken out of the engine's ring after each run: nothing is lost for want of room. */
    private final class Ring implements EventRing {
        private final EventStream events;

        Ring(EventStream events) {
            this.events = events;
        }

        @Override
        public int drain(Reader reader) {
            int count = sent.size();
            for (int i = 0; i < count; i++) {
                byte[] content = sent.removeFirst();
                reader.accept(MemorySegment.ofArray(content), 0, content.length);
            }
            return count;
        }

        @Override
        public boolean await(Duration timeout) {
            boolean more = true;
            while (more && sent.isEmpty()) {
                more = step();
            }
            return !sent.isEmpty();
        }

        @Override
        public void close() {
            events.close();
        }
    }

    @Override
    public Symbols symbols() {
        return names;
    }

    @Override
    public Machine machine() {
        return system.machine();
    }

    @Override
    public long wallClock(TraceType.Clock clock, long nanoseconds) {
        return switch (clock) {
            case MONOTONIC -> nanoseconds + recording.origin().monotonic();
            case BOOT -> nanoseconds + recording.origin().boot();
            case TAI, SOFTWARE_TAI -> nanoseconds;
        };
    }

    @Override
    public long bootTime() {
        boolean known = recording.start() != 0 || recording.events().isEmpty();
        return known ? recording.start() : recording.events().getFirst().event().time();
    }

    @Override
    public long now() {
        return wallClock(TraceType.Clock.BOOT, current.event().time());
    }

    @Override
    public void unwatch(long address) {
        // There are no watchpoints to be removed: what they saw until then is recorded.
    }

    @Override
    public void writePacket(String path, long nanoseconds, MemorySegment packet) {
        throw new HostException(Errno.ENOTSUPP, "writing packets to " + path + " from a recording");
    }

    @Override
    public void close() {
        engine.close();
    }
}
