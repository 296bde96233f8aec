package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.ir.Terminator.Jump;
import dev.skep.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Changes of edges where they are. */
final class Edges {
    private Edges() {}

    /** Puts what {@code change} makes of it in the place of every edge that {@code block} ends in. */
    static void map(Block block, UnaryOperator<Edge> change) {
        block.terminate(block.terminator()
                .withEdges(block.terminator().edges().stream().map(change).toList()));
    }

    /** Puts another edge in the place of this one. */
    static void set(ControlFlow.Incoming place, Edge edge) {
        List<Edge> edges = new ArrayList<>(place.from().terminator().edges());
        edges.set(place.index(), edge);
        place.from().terminate(place.from().terminator().withEdges(edges));
    }

    /** Makes these edges lead to a new block that goes on to {@code target}, where all of them led. */
    static Block gather(List<ControlFlow.Incoming> edges, Block target, Function function) {
        Block between = function.addBlock(target.name());
        List<Value> passed = new ArrayList<>();
        target.parameters().forEach(p -> passed.add(between.addParameter(p.name(), p.type())));
        between.terminate(new Jump(new Edge(target, passed), Position.NONE));
        edges.forEach(place -> set(place, new Edge(between, place.edge().arguments())));
        return between;
    }

    /** The edge without its argument at {@code index}. */
    static Edge without(Edge edge, int index) {
        List<Value> arguments = new ArrayList<>(edge.arguments());
        arguments.remove(index);
        return new Edge(edge.target(), arguments);
    }

    /** The edge with one more argument. */
    static Edge with(Edge edge, Value argument) {
        List<Value> arguments = new ArrayList<>(edge.arguments());
        arguments.add(argument);
        return new Edge(edge.target(), arguments);
    }
}
