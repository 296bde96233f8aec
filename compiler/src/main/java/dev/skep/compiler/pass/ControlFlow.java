package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How the blocks of a function that can be reached follow each other, as they are when this is made. */
final class ControlFlow {
    /** An edge with the block it starts from. @param index among the edges of that block */
    record Incoming(Block from, int index) {
        Edge edge() {
            return from.terminator().edges().get(index);
        }
    }

    private final List<Block> order = new ArrayList<>();
    private final Map<Block, List<Incoming>> incoming = new HashMap<>();

    private ControlFlow() {}

    static ControlFlow of(Function function) {
        ControlFlow flow = new ControlFlow();
        flow.visitFrom(function.entry());
        for (Block block : flow.order) {
            List<Edge> edges = block.terminator().edges();
            for (int i = 0; i < edges.size(); i++) {
                flow.incoming
                        .computeIfAbsent(edges.get(i).target(), target -> new ArrayList<>())
                        .add(new Incoming(block, i));
            }
        }
        return flow;
    }

    private record Visit(Block block, Iterator<Edge> edges) {}

    private void visitFrom(Block entry) {
        Set<Block> seen = new HashSet<>();
        Deque<Visit> path = new ArrayDeque<>();
        seen.add(entry);
        path.push(new Visit(entry, entry.terminator().edges().iterator()));
        while (!path.isEmpty()) {
            Visit visit = path.element();
            if (!visit.edges().hasNext()) {
                order.add(visit.block());
                path.pop();
                continue;
            }
            Block next = visit.edges().next().target();
            if (seen.add(next)) {
                path.push(new Visit(next, next.terminator().edges().iterator()));
            }
        }
        Collections.reverse(order);
    }

    /** The blocks that can be reached, each before those it leads to, apart from the ways back of loops; the entry first. */
    List<Block> order() {
        return order;
    }

    /** The edges to {@code block}; a block that has two edges to it is there twice. The caller's way to the entry is none. */
    List<Incoming> incoming(Block block) {
        return incoming.getOrDefault(block, List.of());
    }
}
