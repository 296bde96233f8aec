package dev.skep.compiler.ir;

import java.util.List;

/**
 * A way from the end of a block to the start of another.
 *
 * @param arguments one for each of the target's parameters
 */
public record Edge(Block target, List<Value> arguments) {
    public Edge {
        arguments = List.copyOf(arguments);
    }

    /** To a block without parameters. */
    public static Edge to(Block target) {
        return new Edge(target, List.of());
    }
}
