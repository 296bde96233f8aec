package dev.skep.trace.code;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A value that stays the same while a program runs: made where it is first needed, and again only where that may not have been passed. */
final class Once {
    private final Emit emit;
    private final List<Made> all = new ArrayList<>();

    private record Made(Block block, Value value) {}

    Once(Emit emit) {
        this.emit = emit;
    }

    /** The value. @param maker adds the instructions that make it */
    Value get(Supplier<Value> maker) {
        Block here = emit.builder().block();
        Optional<Made> made =
                all.stream().filter(each -> isPassed(each.block(), here)).findFirst();
        if (made.isPresent()) {
            return made.get().value();
        }
        Value value = maker.get();
        all.add(new Made(emit.builder().block(), value));
        return value;
    }

    /** Whether every way to {@code block} goes through {@code first}: no way back from a loop's end can change that later. */
    private boolean isPassed(Block first, Block block) {
        Set<Block> reached = new HashSet<>(Set.of(first));
        List<Block> toVisit = new ArrayList<>();
        Block entry = emit.builder().function().entry();
        if (reached.add(entry)) {
            toVisit.add(entry);
        }
        while (!toVisit.isEmpty()) {
            Block at = toVisit.removeLast();
            if (at == block) {
                return false;
            }
            if (at.isTerminated()) {
                at.terminator().edges().stream()
                        .map(edge -> edge.target())
                        .filter(reached::add)
                        .forEach(toVisit::add);
            }
        }
        return true;
    }
}
