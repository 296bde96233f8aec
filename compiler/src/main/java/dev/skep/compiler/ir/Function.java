package dev.skep.compiler.ir;

import dev.skep.compiler.type.CType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A function: blocks, the first of which is entered with the arguments as its parameters. */
public final class Function {
    /** What others see of a function. */
    public enum Linkage {
        /** An entry point: the kernel or the engine calls it with a context. */
        PROGRAM,
        /** Called by others of the unit, verified along each path that calls it. */
        STATIC,
        /** Called by others of the unit, verified on its own from its types. */
        GLOBAL,
        /** Called by a helper. */
        CALLBACK
    }

    private final String name;
    private final Linkage linkage;
    private final Optional<String> section;
    private final CType.Prototype prototype;
    private final Type resultType;
    private final Position position;
    private final List<Block> blocks = new ArrayList<>();
    private boolean separate;

    /**
     * A function without any block.
     *
     * @param name its symbol: letters, digits and underscores
     * @param section where a program attaches, in libbpf's words ({@code xdp}, {@code tp/sched/sched_switch}); empty for others
     * @param prototype the source's types, for BTF
     * @param resultType of the value that it returns
     * @param position where the source declares it
     */
    public Function(
            String name,
            Linkage linkage,
            Optional<String> section,
            CType.Prototype prototype,
            Type resultType,
            Position position) {
        this.name = name;
        this.linkage = linkage;
        this.section = section;
        this.prototype = prototype;
        this.resultType = resultType;
        this.position = position;
    }

    /** Asks for a static function that is never put in the place of a call. */
    public void keepSeparate() {
        separate = true;
    }

    /** True for a static function that is never put in the place of a call. */
    public boolean isSeparate() {
        return separate;
    }

    public String name() {
        return name;
    }

    public Linkage linkage() {
        return linkage;
    }

    public Optional<String> section() {
        return section;
    }

    public CType.Prototype prototype() {
        return prototype;
    }

    public Type resultType() {
        return resultType;
    }

    public Position position() {
        return position;
    }

    /** Its blocks, entry first, the others in any order; may be changed in place. */
    public List<Block> blocks() {
        return blocks;
    }

    /** Where it is entered. @throws java.util.NoSuchElementException if there is no block yet */
    public Block entry() {
        return blocks.getFirst();
    }

    /** Its arguments: the parameters of the entry block. */
    public List<BlockParameter> parameters() {
        return entry().parameters();
    }

    /** Adds an empty block behind the others. */
    public Block addBlock(String blockName) {
        Block block = new Block(blockName);
        blocks.add(block);
        return block;
    }

    @Override
    public String toString() {
        return name;
    }
}
