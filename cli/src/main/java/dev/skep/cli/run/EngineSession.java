package dev.skep.cli.run;

import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineObject;
import dev.skep.engine.EngineOptions;
import dev.skep.engine.PacketRunner;
import dev.skep.object.BpfObject;
import dev.skep.object.map.MapSpec;
import dev.skep.object.program.ProgramSpec;
import java.util.List;

/** An engine with one object loaded, of which one program runs. */
final class EngineSession implements AutoCloseable {
    private final EngineHost host;
    private final EngineObject loaded;
    private final PacketRunner runner;
    private final Events events;

    private EngineSession(EngineHost host, EngineObject loaded, PacketRunner runner) {
        this.host = host;
        this.loaded = loaded;
        this.runner = runner;
        this.events = new Events(loaded.maps());
    }

    /**
     * Opens an engine and loads the program, with those that it may reach by tail calls.
     *
     * @throws dev.skep.object.InputException if the object cannot be loaded
     */
    static EngineSession load(BpfObject object, ProgramSpec program, EngineOptions options) {
        EngineHost host = EngineHost.open(options);
        try {
            EngineObject loaded = host.load(WantedPrograms.of(object, program));
            PacketRunner runner = loaded.program(program.name()).orElseThrow().openRunner();
            return new EngineSession(host, loaded, runner);
        } catch (RuntimeException e) {
            host.close();
            throw e;
        }
    }

    /** Puts what the files say into the maps. */
    void fill(List<MapFile> files) {
        for (MapFile file : files) {
            file.fill(
                    file.find(loaded.maps()),
                    loaded.spec().btf(),
                    host.options().cpus());
        }
    }

    /** The program; what it sends to user space is read after each packet. */
    PacketProgram packetProgram() {
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

    /** The declared maps as they are now. */
    List<MapContents> maps() {
        return loaded.maps().stream()
                .filter(map -> map.spec().role() == MapSpec.Role.DECLARED)
                .map(map -> MapContents.of(
                        map, loaded.spec().btf(), events.of(map.spec().name())))
                .toList();
    }

    /** The global variables as they are now. */
    List<GlobalContents> globals() {
        return GlobalContents.of(loaded.spec(), loaded);
    }

    @Override
    public void close() {
        events.close();
        runner.close();
        loaded.close();
        host.close();
    }
}
