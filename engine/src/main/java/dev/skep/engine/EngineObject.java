package dev.skep.engine;

import dev.skep.engine.map.EngineMap;
import dev.skep.object.BpfObject;
import dev.skep.object.host.LoadedObject;
import java.util.List;
import java.util.Optional;

/** The live programs and maps of one object in an engine. */
public final class EngineObject implements LoadedObject {
    private final BpfObject spec;
    private final List<EngineProgram> programs;
    private final List<EngineMap> maps;
    private final List<EngineMap> owned;

    EngineObject(BpfObject spec, List<EngineProgram> programs, List<EngineMap> maps, List<EngineMap> owned) {
        this.spec = spec;
        this.programs = List.copyOf(programs);
        this.maps = List.copyOf(maps);
        this.owned = List.copyOf(owned);
    }

    @Override
    public BpfObject spec() {
        return spec;
    }

    @Override
    public List<EngineProgram> programs() {
        return programs;
    }

    @Override
    public List<EngineMap> maps() {
        return maps;
    }

    @Override
    public Optional<EngineProgram> program(String name) {
        return programs.stream().filter(p -> p.spec().name().equals(name)).findFirst();
    }

    @Override
    public Optional<EngineMap> map(String name) {
        return maps.stream().filter(m -> m.spec().name().equals(name)).findFirst();
    }

    /** Closes programs and maps; maps pinned by name stay with the engine. No program may run meanwhile. */
    @Override
    public void close() {
        programs.forEach(EngineProgram::close);
        owned.forEach(EngineMap::close);
    }
}
