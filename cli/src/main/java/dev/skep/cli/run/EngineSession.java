package dev.skep.cli.run;

import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineObject;
import dev.skep.engine.EngineOptions;
import dev.skep.engine.EngineProgram;
import dev.skep.engine.PacketRunner;
import dev.skep.engine.PacketWorkers;
import dev.skep.engine.map.EngineMap;
import dev.skep.engine.map.PerfEventArrayMap;
import dev.skep.engine.map.RingBufferMap;
import dev.skep.object.BpfObject;
import dev.skep.object.host.EventStream;
import dev.skep.object.map.MapSpec;
import dev.skep.object.program.ProgramSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An engine with one object loaded, of which one program runs. */
final class EngineSession implements RunSession {
    /** Room for the records of each CPU in a perf event array: what bpftool gives it, 16 pages. */
    private static final int BYTES_PER_CPU = 65_536;

    private final EngineHost host;
    private final EngineObject loaded;
    private final PacketRunner runner;
    private final Events events;
    private final Optional<WorkerBatch> workers;

    private EngineSession(EngineHost host, EngineObject loaded, PacketRunner runner, Optional<PacketWorkers> workers) {
        this.host = host;
        this.loaded = loaded;
        this.runner = runner;
        this.events = new Events(streams(loaded));
        this.workers = workers.map(threads -> new WorkerBatch(threads, events::drain));
    }

    /**
     * Opens an engine and loads the program, with those that it may reach by tail calls. An engine with several CPUs gets as many
     * workers.
     *
     * @throws dev.skep.object.InputException if the object cannot be loaded
     */
    static EngineSession load(BpfObject object, ProgramSpec program, EngineOptions options) {
        EngineHost host = EngineHost.open(options);
        try {
            EngineObject loaded = host.load(WantedPrograms.of(object, program));
            EngineProgram live = loaded.program(program.name()).orElseThrow();
            Optional<PacketWorkers> workers =
                    options.cpus() == 1 ? Optional.empty() : Optional.of(live.openWorkers(options.cpus()));
            return new EngineSession(host, loaded, live.openRunner(), workers);
        } catch (RuntimeException e) {
            host.close();
            throw e;
        }
    }

    private static Map<String, EventStream> streams(EngineObject object) {
        Map<String, EventStream> streams = new LinkedHashMap<>();
        for (EngineMap map : object.maps()) {
            switch (map) {
                case RingBufferMap ring -> streams.put(map.spec().name(), ring.events());
                case PerfEventArrayMap array -> streams.put(map.spec().name(), array.events(BYTES_PER_CPU));
                default -> {
                    // Nothing comes through other maps.
                }
            }
        }
        return streams;
    }

    @Override
    public void fill(List<MapFile> files) {
        for (MapFile file : files) {
            file.fill(
                    file.find(loaded.maps()),
                    loaded.spec().btf(),
                    host.options().cpus());
        }
    }

    @Override
    public PacketProgram packetProgram() {
        return new PacketProgram() {
            @Override
            public long run(byte[] buffer, int offset, int length) {
                long returnValue = runner.run(buffer, offset, length);
                events.drain();
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
    public List<MapContents> maps() {
        return loaded.maps().stream()
                .filter(map -> map.spec().role() == MapSpec.Role.DECLARED)
                .map(map -> MapContents.of(
                        map, loaded.spec().btf(), events.of(map.spec().name())))
                .toList();
    }

    @Override
    public List<GlobalContents> globals() {
        return GlobalContents.of(loaded.spec(), loaded);
    }

    @Override
    public void close() {
        events.close();
        workers.ifPresent(WorkerBatch::close);
        runner.close();
        loaded.close();
        host.close();
    }
}
