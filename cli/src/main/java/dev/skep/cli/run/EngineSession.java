package dev.skep.cli.run;

import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineObject;
import dev.skep.engine.EngineOptions;
import dev.skep.engine.EngineProgram;
import dev.skep.engine.PacketRunner;
import dev.skep.engine.PacketWorkers;
import dev.skep.engine.map.PerfEventArrayMap;
import dev.skep.engine.map.RingBufferMap;
import dev.skep.object.BpfObject;
import dev.skep.object.host.BpfMap;
import dev.skep.object.host.EventStream;
import dev.skep.object.program.ProgramSpec;
import java.util.Optional;

/** An engine with one object loaded, of which one program runs. */
final class EngineSession extends ObjectSession {
    /** Room for the records of each CPU in a perf event array: what bpftool gives it, 16 pages. */
    private static final int BYTES_PER_CPU = 65_536;

    private final EngineHost host;
    private final PacketRunner runner;
    private final Optional<WorkerBatch> workers;

    private EngineSession(EngineHost host, EngineObject loaded, PacketRunner runner, Optional<PacketWorkers> workers) {
        super(loaded, host.options().cpus(), EngineSession::stream);
        this.host = host;
        this.runner = runner;
        this.workers = workers.map(threads -> new WorkerBatch(threads, this::readEvents));
    }

    /**
     * Opens an engine and loads the program, with those that it may reach by tail calls. An engine with several CPUs gets as many
     * workers.
     *
     * @throws dev.skep.object.InputException if the object cannot be loaded
     * @throws dev.skep.engine.RejectedProgramException if the verifier rejects a program, unless in checked mode
     */
    static EngineSession load(BpfObject object, ProgramSpec program, EngineOptions options) {
        EngineHost host = EngineHost.open(options);
        Optional<PacketWorkers> workers = Optional.empty();
        try {
            EngineObject loaded = host.load(WantedPrograms.of(object, program));
            EngineProgram live = loaded.program(program.name()).orElseThrow();
            if (options.cpus() > 1) {
                workers = Optional.of(live.openWorkers(options.cpus()));
            }
            return new EngineSession(host, loaded, live.openRunner(), workers);
        } catch (RuntimeException e) {
            workers.ifPresent(PacketWorkers::close);
            host.close();
            throw e;
        }
    }

    private static Optional<EventStream> stream(BpfMap map) {
        return switch (map) {
            case RingBufferMap ring -> Optional.of(ring.events());
            case PerfEventArrayMap array -> Optional.of(array.events(BYTES_PER_CPU));
            default -> Optional.empty();
        };
    }

    @Override
    public PacketProgram packetProgram() {
        return new PacketProgram() {
            @Override
            public long run(byte[] buffer, int offset, int length) {
                long returnValue = runner.run(buffer, offset, length);
                readEvents();
                return returnValue;
            }

            @Override
            public int packetLength() {
                return runner.packetLength();
            }

            @Override
            public void copyPacket(byte[] target) {
                runner.copyPacket(target, 0);
            }
        };
    }

    @Override
    public Optional<WorkerBatch> workers() {
        return workers;
    }

    @Override
    public void close() {
        workers.ifPresent(WorkerBatch::close);
        runner.close();
        super.close();
        host.close();
    }
}
