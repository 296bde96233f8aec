package dev.skep.compiler.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Copies between registers that count as done at once, in an order that has the same effect. */
final class ParallelCopy {
    private final Map<Integer, Integer> sources = new HashMap<>();
    private final List<Integer> destinations = new ArrayList<>();

    /** {@code destination}, named once, gets what {@code source} has before all copies. */
    void add(int destination, int source) {
        if (destination != source) {
            destinations.add(destination);
            sources.put(destination, source);
        }
    }

    /** Adds moves, with one more register for each cycle. */
    void emit(Emission emission) {
        Map<Integer, Integer> readers = new HashMap<>();
        sources.values().forEach(source -> readers.merge(source, 1, Integer::sum));
        List<Integer> ready = new ArrayList<>();
        destinations.stream().filter(d -> !readers.containsKey(d)).forEach(ready::add);
        while (!sources.isEmpty()) {
            if (ready.isEmpty()) {
                ready.add(breakCycle(emission, readers));
            }
            int destination = ready.removeLast();
            int source = Objects.requireNonNull(sources.remove(destination));
            emission.move(destination, source);
            if (readers.merge(source, -1, Integer::sum) == 0 && sources.containsKey(source)) {
                ready.add(source);
            }
        }
    }

    /** Saves one register of a cycle, so that it may be overwritten. */
    private int breakCycle(Emission emission, Map<Integer, Integer> readers) {
        int saved =
                destinations.stream().filter(sources::containsKey).findFirst().orElseThrow();
        int copy = emission.newRegister();
        emission.move(copy, saved);
        sources.replaceAll((destination, source) -> source == saved ? copy : source);
        readers.put(copy, readers.remove(saved));
        return saved;
    }
}
