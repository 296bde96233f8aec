package dev.skep.compiler.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a block ends. */
public sealed interface Terminator {
    /** Where it may go on, in the order of {@link #withEdges}. */
    List<Edge> edges();

    /** What it uses itself, without the arguments of edges. */
    List<Value> operands();

    /** The same with other operands, as many. */
    Terminator withOperands(List<Value> operands);

    /** The same with other ways, as many. */
    Terminator withEdges(List<Edge> edges);

    /** Where the source asks for it. */
    Position position();

    /** Goes on there. */
    record Jump(Edge edge, Position position) implements Terminator {
        @Override
        public List<Edge> edges() {
            return List.of(edge);
        }

        @Override
        public List<Value> operands() {
            return List.of();
        }

        @Override
        public Jump withOperands(List<Value> operands) {
            return this;
        }

        @Override
        public Jump withEdges(List<Edge> edges) {
            return new Jump(edges.getFirst(), position);
        }
    }

    /** Goes one of two ways. Both operands have the same width. */
    record Branch(Comparison comparison, Value left, Value right, Edge taken, Edge otherwise, Position position)
            implements Terminator {
        @Override
        public List<Edge> edges() {
            return List.of(taken, otherwise);
        }

        @Override
        public List<Value> operands() {
            return List.of(left, right);
        }

        @Override
        public Branch withOperands(List<Value> operands) {
            return new Branch(comparison, operands.get(0), operands.get(1), taken, otherwise, position);
        }

        @Override
        public Branch withEdges(List<Edge> edges) {
            return new Branch(comparison, left, right, edges.get(0), edges.get(1), position);
        }
    }

    /**
     * Goes on with a loop, unless the kernel's budget for the loops of a call of this function is spent ({@code may_goto},
     * since Linux 6.9). A loop that comes by here need not be seen to end: the verifier forgets there the numbers that differ
     * from round to round.
     */
    record MayContinue(Edge more, Edge exhausted, Position position) implements Terminator {
        /** True if a block of the function ends so. */
        public static boolean isIn(Function function) {
            return function.blocks().stream().anyMatch(block -> block.terminator() instanceof MayContinue);
        }

        @Override
        public List<Edge> edges() {
            return List.of(more, exhausted);
        }

        @Override
        public List<Value> operands() {
            return List.of();
        }

        @Override
        public MayContinue withOperands(List<Value> operands) {
            return this;
        }

        @Override
        public MayContinue withEdges(List<Edge> edges) {
            return new MayContinue(edges.get(0), edges.get(1), position);
        }
    }

    /** Goes the way of the case that equals an integer, all different, or another one. */
    record Switch(Value value, List<Case> cases, Edge otherwise, Position position) implements Terminator {
        public Switch {
            cases = List.copyOf(cases);
        }

        /** @param number of the value's type, sign-extended */
        public record Case(long number, Edge edge) {}

        @Override
        public List<Edge> edges() {
            List<Edge> edges = new ArrayList<>(cases.stream().map(Case::edge).toList());
            edges.add(otherwise);
            return edges;
        }

        @Override
        public List<Value> operands() {
            return List.of(value);
        }

        @Override
        public Switch withOperands(List<Value> operands) {
            return new Switch(operands.getFirst(), cases, otherwise, position);
        }

        @Override
        public Switch withEdges(List<Edge> edges) {
            List<Case> changed = new ArrayList<>();
            for (int i = 0; i < cases.size(); i++) {
                changed.add(new Case(cases.get(i).number(), edges.get(i)));
            }
            return new Switch(value, changed, edges.getLast(), position);
        }
    }

    /** Leaves the function. @param value empty if the function has no result */
    record Return(Optional<Value> value, Position position) implements Terminator {
        @Override
        public List<Edge> edges() {
            return List.of();
        }

        @Override
        public List<Value> operands() {
            return value.stream().toList();
        }

        @Override
        public Return withOperands(List<Value> operands) {
            return new Return(operands.stream().findFirst(), position);
        }

        @Override
        public Return withEdges(List<Edge> edges) {
            return this;
        }
    }
}
