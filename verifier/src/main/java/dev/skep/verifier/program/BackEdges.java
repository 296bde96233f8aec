package dev.skep.verifier.program;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Optional;

/** Jumps that close a loop: to an instruction on the way from the function's start to the jump ({@code check_cfg}). */
public final class BackEdges {
    private final ControlFlow flow;
    private final BitSet seen = new BitSet();
    /** Instructions on the way to the current one. */
    private final BitSet open = new BitSet();

    private BackEdges(ControlFlow flow) {
        this.flow = flow;
    }

    /** A jump that closes a loop. @param from its slot @param to where the loop begins */
    public record BackEdge(int from, int to) {}

    /** The first that a walk through the functions, depth first, meets; empty if the program has no loop. */
    public static Optional<BackEdge> first(ProgramCode code, ControlFlow flow) {
        BackEdges edges = new BackEdges(flow);
        return code.functions().stream()
                .map(function -> edges.walk(function.start()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** A place on the way, with those of its successors that are still to be walked. */
    private record Visit(int slot, Deque<Integer> successors) {}

    private Optional<BackEdge> walk(int start) {
        Deque<Visit> way = new ArrayDeque<>();
        enter(way, start);
        while (!way.isEmpty()) {
            Visit visit = way.peek();
            Integer next = visit.successors().poll();
            if (next == null) {
                open.clear(visit.slot());
                way.pop();
            } else if (open.get(next)) {
                return Optional.of(new BackEdge(visit.slot(), next));
            } else if (!seen.get(next)) {
                enter(way, next);
            }
        }
        return Optional.empty();
    }

    private void enter(Deque<Visit> way, int slot) {
        seen.set(slot);
        open.set(slot);
        Deque<Integer> successors = new ArrayDeque<>();
        for (int next : flow.successors(slot)) {
            successors.add(next);
        }
        way.push(new Visit(slot, successors));
    }
}
