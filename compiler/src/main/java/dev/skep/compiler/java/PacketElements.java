package dev.skep.compiler.java;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.BlockParameter;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Elements of arrays in packets at indexes that vary. The verifier forgets how much of the packet is there when a number that it knows
 * but bounds of is added to a pointer, so the sum is compared with the packet's end once more. A number that only constants and the
 * way so far decide, as a loop's counter, it knows, and the comparison is taken back once the whole function is there.
 */
final class PacketElements {
    private static final Refusal NO_END = new Refusal(
            "an element of a packet's array at an index that varies",
            "the verifier wants it compared with the packet's end, and the context, which knows it, is out of reach of a"
                    + " lambda expression that the kernel calls",
            "use a for loop, or copy the array into a struct of your own before");

    /** @param check how the block ends that compares it with the packet's end; empty if there is nothing to compare with */
    private record Element(Instruction address, Optional<Block> check, Position position) {}

    private final List<Element> elements = new ArrayList<>();

    /** Compares an element's address with the packet's end, if it is known. */
    void check(UnitContext unit, Emitter emitter, Value address, int size) {
        if (!(address instanceof Instruction sum)) {
            return;
        }
        Optional<Value> end = emitter.context().flatMap(context -> ContextIntrinsics.packetEnd(unit, emitter, context));
        Block checking = emitter.builder().block();
        end.ifPresent(known -> emitter.require(Comparison.LESS_OR_EQUAL, emitter.offset(address, size), known));
        elements.add(
                new Element(sum, end.map(known -> checking), emitter.builder().position()));
    }

    /** Takes back what is needless in a function that is complete; what can neither be left out nor done is a finding. */
    void finish(Function function, Findings findings) {
        if (elements.isEmpty()) {
            return;
        }
        Map<Value, List<Value>> sources = sources(function);
        boolean forgets =
                function.blocks().stream().anyMatch(block -> block.terminator() instanceof Terminator.MayContinue);
        for (Element element : elements) {
            boolean isKnown = !forgets && isKnown(element.address(), sources);
            if (element.check().isEmpty() && !isKnown) {
                Position position = element.position();
                findings.add(position.file(), position.line(), NO_END);
            } else if (isKnown
                    && element.check().isPresent()
                    && element.check().get().terminator() instanceof Terminator.Branch branch) {
                element.check().get().terminate(new Terminator.Jump(branch.taken(), branch.position()));
            }
        }
    }

    /** What parameters of blocks may be; nothing for those of the function. */
    private static Map<Value, List<Value>> sources(Function function) {
        Map<Value, List<Value>> sources = new HashMap<>();
        for (Block block : function.blocks()) {
            for (Edge edge : block.terminator().edges()) {
                for (int i = 0; i < edge.arguments().size(); i++) {
                    sources.computeIfAbsent(edge.target().parameters().get(i), p -> new ArrayList<>())
                            .add(edge.arguments().get(i));
                }
            }
        }
        return sources;
    }

    /** True if nothing but constants is in the distance from where the array begins. */
    private static boolean isKnown(Instruction address, Map<Value, List<Value>> sources) {
        Set<Value> seen = new HashSet<>();
        Deque<Value> open = new ArrayDeque<>();
        if (address.operation() instanceof Operation.PointerAdd sum) {
            open.add(sum.offset());
        }
        while (!open.isEmpty()) {
            Value value = open.remove();
            if (!seen.add(value)) {
                continue;
            }
            switch (value) {
                case Constant constant -> {}
                case BlockParameter parameter
                when sources.containsKey(parameter) -> open.addAll(sources.getOrDefault(parameter, List.of()));
                case Instruction instruction
                when isArithmetic(instruction.operation()) ->
                    open.addAll(instruction.operation().operands());
                default -> {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isArithmetic(Operation operation) {
        return operation instanceof Operation.Binary
                || operation instanceof Operation.Negate
                || operation instanceof Operation.Extend
                || operation instanceof Operation.Compare;
    }
}
