package dev.skep;

import dev.skep.object.host.BpfMap;
import dev.skep.object.host.Program;
import dev.skep.object.map.MapType;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What can be seen of runs: verdicts and packets, and what is in the maps afterwards. */
record Observation(List<String> runs, Map<String, SortedMap<String, String>> maps) {
    /** Maps without keys, and those whose values differ from host to host. */
    private static final Set<MapType> NOT_COMPARED =
            Set.of(MapType.RINGBUF, MapType.QUEUE, MapType.STACK, MapType.PROG_ARRAY, MapType.ARRAY_OF_MAPS);

    /** Loads a class, runs each program on random packets, and looks at the maps. */
    static Observation of(Supplier<ClassHost> opening, Class<?> programs, int packets) {
        try (ClassHost host = opening.get();
                LoadedClass loaded = host.load(programs)) {
            return of(loaded, RandomPackets.of(packets));
        }
    }

    /** Runs each program on each packet, and looks at the maps. */
    static Observation of(LoadedClass loaded, List<byte[]> packets) {
        List<String> runs = new ArrayList<>();
        loaded.object().programs().stream()
                .map(program -> program.spec().name())
                .sorted()
                .forEach(name -> packets.forEach(packet ->
                        runs.add(name + " " + text(loaded.program(name).run(packet)))));
        Map<String, SortedMap<String, String>> maps = new TreeMap<>();
        for (BpfMap map : loaded.object().maps()) {
            if (!NOT_COMPARED.contains(map.spec().type())) {
                maps.put(map.spec().name(), contents(map));
            }
        }
        return new Observation(runs, maps);
    }

    private static String text(Program.Outcome outcome) {
        return (int) outcome.returnValue() + " "
                + HexFormat.of().formatHex(outcome.data().toArray());
    }

    private static SortedMap<String, String> contents(BpfMap map) {
        SortedMap<String, String> contents = new TreeMap<>();
        for (Optional<byte[]> key = map.nextKey(Optional.empty()); key.isPresent(); key = map.nextKey(key)) {
            contents.put(
                    HexFormat.of().formatHex(key.get()),
                    HexFormat.of().formatHex(map.lookup(key.get()).orElseThrow()));
        }
        return contents;
    }
}
