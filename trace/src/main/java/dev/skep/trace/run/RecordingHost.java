package dev.skep.trace.run;

import dev.skep.object.host.BpfMap;
import dev.skep.object.host.LoadedObject;
import dev.skep.object.host.Program;
import dev.skep.trace.plan.PlannedProbe;
import dev.skep.trace.plan.RecordLayout;
import dev.skep.trace.plan.TracePlan;
import dev.skep.trace.print.Symbols;
import dev.skep.trace.record.Entry;
import dev.skep.trace.record.NotingMachine;
import dev.skep.trace.record.NotingSymbols;
import dev.skep.trace.record.RecordingWriter;
import dev.skep.trace.system.Machine;
import dev.skep.trace.type.TraceType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A host that writes down what the script's probes see while they run on another. The plan is one that is compiled to record. */
public final class RecordingHost implements TraceHost {
    private final TraceHost host;
    private final RecordingWriter writer;
    private final NotingSymbols symbols;

    /** @param host runs the script @param writer stays the caller's */
    public RecordingHost(TraceHost host, RecordingWriter writer) {
        this.host = host;
        this.writer = writer;
        this.symbols = new NotingSymbols(host.symbols(), writer::write);
    }

    @Override
    public LoadedObject load(TracePlan plan) {
        LoadedObject loaded = host.load(plan);
        EventRing ring = host.events(
                loaded.map(RecordLayout.RING).map(BpfMap.class::cast).orElseThrow());
        return new Recorded(loaded, new Recorder(plan, loaded, ring, symbols, machine(), writer));
    }

    /** Closing it ends the recording first. */
    private record Recorded(LoadedObject loaded, Recorder recorder) implements LoadedObject {
        @Override
        public dev.skep.object.BpfObject spec() {
            return loaded.spec();
        }

        @Override
        public List<? extends Program> programs() {
            return loaded.programs();
        }

        @Override
        public List<? extends BpfMap> maps() {
            return loaded.maps();
        }

        @Override
        public Optional<? extends Program> program(String name) {
            return loaded.program(name);
        }

        @Override
        public Optional<? extends BpfMap> map(String name) {
            return loaded.map(name);
        }

        @Override
        public void close() {
            try {
                recorder.close();
            } finally {
                loaded.close();
            }
        }
    }

    @Override
    public AutoCloseable attach(Program program, PlannedProbe probe, Consumer<Omission> omitted) {
        return host.attach(program, probe, omitted);
    }

    @Override
    public long runOnce(Program program) {
        return host.runOnce(program);
    }

    @Override
    public long measure(Program program, int times) {
        return host.measure(program, times);
    }

    @Override
    public byte[] iterate(AutoCloseable attached) {
        return host.iterate(attached);
    }

    @Override
    public void onSignal(String signal, Runnable action) {
        host.onSignal(signal, action);
    }

    @Override
    public EventRing events(BpfMap map) {
        return host.events(map);
    }

    @Override
    public Symbols symbols() {
        return symbols;
    }

    @Override
    public Machine machine() {
        return new NotingMachine(host.machine(), writer::write);
    }

    @Override
    public long wallClock(TraceType.Clock clock, long nanoseconds) {
        return host.wallClock(clock, nanoseconds);
    }

    @Override
    public long now() {
        return host.now();
    }

    /** The tracer asks once: when it sets the probes going. */
    @Override
    public long bootTime() {
        long time = host.bootTime();
        writer.write(new Entry.Start(time));
        return time;
    }

    @Override
    public void unwatch(long address) {
        host.unwatch(address);
    }

    @Override
    public void writePacket(String path, long nanoseconds, MemorySegment packet) {
        host.writePacket(path, nanoseconds, packet);
    }
}
