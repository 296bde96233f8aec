package dev.skep.compiler.java;

import dev.skep.compiler.ir.Value;
import dev.skep.compiler.ir.Variable;
import java.util.Optional;

/** A {@code for} loop over a map that is being translated; loops are told apart by identity. */
final class MapLoop {
    private final MapField map;
    private final Value entries;
    private final Optional<Variable> index;
    private Optional<Value> next = Optional.empty();

    /**
     * @param entries what the loop goes through; for a loop that counts, the map's address
     * @param index of the next entry; empty if the kernel goes through the map
     */
    MapLoop(MapField map, Value entries, Optional<Variable> index) {
        this.map = map;
        this.entries = entries;
        this.index = index;
    }

    MapField map() {
        return map;
    }

    Value entries() {
        return entries;
    }

    Optional<Variable> index() {
        return index;
    }

    /** It was asked whether there is another entry. @throws Refusal if it was before */
    void asked(Value answer) {
        if (next.isPresent()) {
            throw otherwise();
        }
        next = Optional.of(answer);
    }

    /** What said that there is an entry. @throws Refusal if nobody asked */
    Value next() {
        return next.orElseThrow(MapLoop::otherwise);
    }

    private static Refusal otherwise() {
        return new Refusal(
                "an iterator of a map that is used otherwise than by a for loop",
                "the kernel goes through maps by calling a function for each entry",
                "write for (var entry : map) { ... }");
    }
}
