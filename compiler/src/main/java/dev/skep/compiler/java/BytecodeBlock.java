package dev.skep.compiler.java;

import java.lang.classfile.Label;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Instructions of a method that are done one after the other. Blocks are told apart by identity. */
final class BytecodeBlock {
    /**
     * An instruction.
     *
     * @param line 0 if unknown
     * @param handler where Java goes if it throws: the code of a {@code finally}
     */
    record Step(java.lang.classfile.Instruction instruction, int line, Optional<Label> handler) {}

    final List<Step> steps = new ArrayList<>();
    /** Where it may go on, each once. */
    final List<BytecodeBlock> successors = new ArrayList<>();
    /** The types on entry, where the class file says: wherever several ways meet. */
    Optional<StackMapFrameInfo> frame = Optional.empty();
    /** The block behind it, if it may run on into that. */
    Optional<BytecodeBlock> next = Optional.empty();
    /** How many reachable blocks go on with it; of the code of a {@code finally} nothing before it is translated. */
    int predecessors;

    /** True for the code of a {@code finally}. */
    boolean handles;
}
