package dev.skep.cli.trace;

import dev.skep.linux.LinuxHost;
import dev.skep.linux.event.RingBuffer;
import dev.skep.linux.link.BpfLink;
import dev.skep.linux.link.IteratorStream;
import dev.skep.linux.load.OpenObject;
import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.object.Bytes;
import dev.skep.object.host.BpfMap;
import dev.skep.object.host.LoadedObject;
import dev.skep.object.host.Program;
import dev.skep.trace.plan.PlannedProbe;
import dev.skep.trace.plan.ProbeTarget;
import dev.skep.trace.plan.TracePlan;
import dev.skep.trace.print.Symbols;
import dev.skep.trace.run.EventRing;
import dev.skep.trace.run.Omission;
import dev.skep.trace.run.TraceHost;
import dev.skep.trace.system.Machine;
import dev.skep.trace.type.TraceType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** The running kernel, as the tracer wants it. */
final class KernelTraceHost implements TraceHost, AutoCloseable {
    private final LinuxHost host;
    private final Machine machine;
    private final Symbols symbols;
    private final ProbePlaces places;
    private final Clocks clocks = Clocks.now();
    private final PacketFiles packets;
    private final List<LinuxProgram> traced = new ArrayList<>();

    /** @param host stays the caller's @param pid the only process whose probes are attached; empty for all */
    KernelTraceHost(LinuxHost host, Machine machine, Symbols symbols, OptionalInt pid) {
        this.host = host;
        this.machine = machine;
        this.symbols = symbols;
        this.places = new ProbePlaces(host, pid);
        this.packets = new PacketFiles();
    }

    /** Programs that trace functions of other programs are told which before they are loaded. */
    @Override
    public LoadedObject load(TracePlan plan) {
        OpenObject open = host.open(plan.object());
        for (PlannedProbe probe : plan.probes()) {
            if (probe.target() instanceof ProbeTarget.FentryProgram target) {
                LinuxProgram found = LinuxProgram.ofId((int) target.programId());
                traced.add(found);
                open.targetProgram(probe.program(), found);
            }
        }
        return open.load();
    }

    @Override
    public AutoCloseable attach(Program program, PlannedProbe probe, Consumer<Omission> omitted) {
        return places.attach((LinuxProgram) program, probe.target(), omitted);
    }

    @Override
    public long runOnce(Program program) {
        return program.run(new Program.Input(Bytes.EMPTY, Bytes.EMPTY)).returnValue();
    }

    @Override
    public long measure(Program program, int times) {
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            long _ = runOnce(program);
        }
        return (System.nanoTime() - start) / times;
    }

    @Override
    public byte[] iterate(AutoCloseable attached) {
        try (IteratorStream stream = IteratorStream.open((BpfLink) attached)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("reading an iterator", e);
        }
    }

    @Override
    public void onSignal(String signal, Runnable action) {
        Signals.on(signal, action);
    }

    @Override
    public EventRing events(BpfMap map) {
        return new KernelRing(RingBuffer.open((LinuxMap) map));
    }

    /** The kernel's ring, read where it lies. */
    private record KernelRing(RingBuffer ring) implements EventRing {
        @Override
        public int drain(Reader reader) {
            return ring.consume(reader::accept);
        }

        @Override
        public boolean await(Duration timeout) {
            return ring.await(timeout);
        }

        @Override
        public void close() {
            ring.close();
        }
    }

    @Override
    public Symbols symbols() {
        return symbols;
    }

    @Override
    public Machine machine() {
        return machine;
    }

    @Override
    public long wallClock(TraceType.Clock clock, long nanoseconds) {
        return clocks.wall(clock, nanoseconds);
    }

    @Override
    public long bootTime() {
        return clocks.bootTime();
    }

    @Override
    public void unwatch(long address) {
        places.unwatch(address);
    }

    @Override
    public void writePacket(String path, long nanoseconds, MemorySegment packet) {
        packets.write(path, clocks.wall(TraceType.Clock.BOOT, nanoseconds), packet);
    }

    @Override
    public void close() {
        traced.forEach(LinuxProgram::close);
        packets.close();
    }
}
