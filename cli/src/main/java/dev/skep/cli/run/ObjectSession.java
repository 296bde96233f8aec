package dev.skep.cli.run;

import dev.skep.object.host.BpfMap;
import dev.skep.object.host.EventStream;
import dev.skep.object.host.LoadedObject;
import dev.skep.object.map.MapSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What is done alike with a loaded object on both hosts: its maps are filled, its events read, and its contents shown. */
abstract class ObjectSession implements RunSession {
    private final LoadedObject loaded;
    private final int cpus;
    private final Events events;

    /**
     * @param loaded stays the caller's if this throws
     * @param cpus how many values per-CPU maps have
     * @param opener opens the stream of a map that programs send to user space by; empty for other maps
     */
    ObjectSession(LoadedObject loaded, int cpus, Function<BpfMap, Optional<EventStream>> opener) {
        this.loaded = loaded;
        this.cpus = cpus;
        this.events = Events.open(loaded.maps(), opener);
    }

    /** Reads what the program has sent to user space. */
    final void readEvents() {
        events.drain();
    }

    @Override
    public final void fill(List<MapFile> files) {
        for (MapFile file : files) {
            file.fill(file.find(loaded.maps()), loaded.spec().btf(), cpus);
        }
    }

    @Override
    public final List<MapContents> maps() {
        return loaded.maps().stream()
                .filter(map -> map.spec().role() == MapSpec.Role.DECLARED)
                .map(this::contents)
                .toList();
    }

    private MapContents contents(BpfMap map) {
        return MapContents.of(map, loaded.spec().btf(), events.of(map.spec().name()));
    }

    @Override
    public final List<GlobalContents> globals() {
        return GlobalContents.of(loaded.spec(), loaded);
    }

    @Override
    public void close() {
        events.close();
        loaded.close();
    }
}
