package dev.skep.compiler.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Instructions that are done one after the other, from the first to the last, and how they end. */
public final class Block {
    private final String name;
    private final List<BlockParameter> parameters = new ArrayList<>();
    private final List<Instruction> instructions = new ArrayList<>();
    private Optional<Terminator> terminator = Optional.empty();

    Block(String name) {
        this.name = name;
    }

    /** For listings; not unique. */
    public String name() {
        return name;
    }

    /** What it gets from those that go on with it; may be changed in place, together with all edges to it. */
    public List<BlockParameter> parameters() {
        return parameters;
    }

    /** Adds a parameter; every edge to the block then needs an argument more. */
    public BlockParameter addParameter(String parameterName, Type type) {
        BlockParameter parameter = new BlockParameter(parameterName, type);
        parameters.add(parameter);
        return parameter;
    }

    /** In order; may be changed in place. */
    public List<Instruction> instructions() {
        return instructions;
    }

    /** True once it is known how it ends. */
    public boolean isTerminated() {
        return terminator.isPresent();
    }

    /** How it ends. @throws java.util.NoSuchElementException if that is not said yet */
    public Terminator terminator() {
        return terminator.orElseThrow();
    }

    /** Ends it so, instead of however it ended before. */
    public void terminate(Terminator end) {
        terminator = Optional.of(end);
    }
}
