package dev.skep.compiler.java;

import java.lang.classfile.Attributes;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A method's bytecode cut into blocks. */
final class ControlFlow {
    private final Map<Label, BytecodeBlock> byLabel = new HashMap<>();
    private final List<BytecodeBlock> order = new ArrayList<>();
    private final BytecodeBlock entry = new BytecodeBlock();

    private ControlFlow(CodeModel code) {
        cut(code, targets(code));
        code.findAttribute(Attributes.stackMapTable())
                .ifPresent(table -> table.entries().forEach(this::setFrame));
        visitFromEntry();
        Collections.reverse(order);
        order.forEach(block -> block.successors.forEach(successor -> successor.predecessors++));
    }

    static ControlFlow of(CodeModel code) {
        return new ControlFlow(code);
    }

    /** What is reachable, each block before those that go on from it, or handle what it throws, except along ways back. The first is the entry. */
    List<BytecodeBlock> order() {
        return order;
    }

    /** Where an instruction jumps to. */
    BytecodeBlock at(Label label) {
        return Objects.requireNonNull(byLabel.get(label));
    }

    private static Set<Label> targets(CodeModel code) {
        Set<Label> targets = new HashSet<>();
        for (CodeElement element : code) {
            if (element instanceof Instruction instruction) {
                jumps(instruction).forEach(targets::add);
            }
        }
        code.findAttribute(Attributes.stackMapTable())
                .ifPresent(table -> table.entries().forEach(frame -> targets.add(frame.target())));
        return targets;
    }

    private static Stream<Label> jumps(Instruction instruction) {
        return switch (instruction) {
            case BranchInstruction branch -> Stream.of(branch.target());
            case TableSwitchInstruction s ->
                Stream.concat(s.cases().stream().map(SwitchCase::target), Stream.of(s.defaultTarget()));
            case LookupSwitchInstruction s ->
                Stream.concat(s.cases().stream().map(SwitchCase::target), Stream.of(s.defaultTarget()));
            default -> Stream.empty();
        };
    }

    private static boolean endsBlock(Instruction instruction) {
        return switch (instruction) {
            case BranchInstruction b -> true;
            case TableSwitchInstruction s -> true;
            case LookupSwitchInstruction s -> true;
            case ReturnInstruction r -> true;
            case ThrowInstruction t -> true;
            default -> false;
        };
    }

    private static boolean runsOn(Instruction instruction) {
        return instruction instanceof BranchInstruction branch
                ? branch.opcode() != Opcode.GOTO && branch.opcode() != Opcode.GOTO_W
                : !endsBlock(instruction);
    }

    private void cut(CodeModel code, Set<Label> targets) {
        BytecodeBlock block = entry;
        int line = 0;
        boolean ended = false;
        CoveringHandlers covering = new CoveringHandlers(code);
        for (CodeElement element : code) {
            covering.pass(element);
            switch (element) {
                case LineNumber number -> line = number.line();
                case LabelTarget target
                when targets.contains(target.label()) -> {
                    if (!block.steps.isEmpty() || block == entry) {
                        block = follow(block);
                    }
                    ended = false;
                    byLabel.put(target.label(), block);
                }
                case Instruction instruction -> {
                    if (ended) {
                        block = follow(block);
                        ended = false;
                    }
                    block.steps.add(new BytecodeBlock.Step(instruction, line, covering.handler()));
                    ended = endsBlock(instruction);
                }
                default -> {}
            }
        }
    }

    private static BytecodeBlock follow(BytecodeBlock block) {
        BytecodeBlock next = new BytecodeBlock();
        if (block.steps.isEmpty() || runsOn(block.steps.getLast().instruction())) {
            block.next = Optional.of(next);
        }
        return next;
    }

    private void setFrame(StackMapFrameInfo frame) {
        at(frame.target()).frame = Optional.of(frame);
    }

    /** A block whose successors are gone through. */
    private record Visit(BytecodeBlock block, Iterator<BytecodeBlock> successors) {}

    /** Puts what is reached behind all that it goes on to. Methods can be long, so this keeps its own stack. */
    private void visitFromEntry() {
        Set<BytecodeBlock> visited = new HashSet<>();
        Deque<Visit> path = new ArrayDeque<>();
        visited.add(entry);
        path.push(visit(entry));
        while (!path.isEmpty()) {
            Visit visit = path.element();
            if (!visit.successors().hasNext()) {
                order.add(path.pop().block());
                continue;
            }
            BytecodeBlock next = visit.successors().next();
            if (visited.add(next)) {
                path.push(visit(next));
            }
        }
    }

    private Visit visit(BytecodeBlock block) {
        Set<BytecodeBlock> successors = new LinkedHashSet<>();
        if (!block.steps.isEmpty()) {
            jumps(block.steps.getLast().instruction()).map(this::at).forEach(successors::add);
        }
        block.next.ifPresent(successors::add);
        block.successors.addAll(successors);
        block.steps.stream()
                .flatMap(step -> step.handler().stream())
                .map(this::at)
                .forEach(handler -> {
                    handler.handles = true;
                    successors.add(handler);
                });
        return new Visit(block, successors.iterator());
    }
}
