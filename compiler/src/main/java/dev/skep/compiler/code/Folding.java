package dev.skep.compiler.code;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.StackSlot;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which operations are not done by themselves, but by the instructions that use them: constant distances from a pointer in
 * the offsets of loads and stores, comparisons in branches, and what changes no bit nowhere at all. Also says which operations
 * are left to do: nobody needs the others.
 */
final class Folding {
    /** Where memory is accessed: at a value or a slot of the frame, and so many bytes on. */
    record Address(Value base, Optional<StackSlot> slot, int offset) {}

    /** What a branch decides by. */
    record Condition(Comparison comparison, Value left, Value right) {}

    private final UpperHalves upperHalves;
    private final Map<Value, Integer> uses = new HashMap<>();
    private final Set<Instruction> needed = new HashSet<>();

    Folding(Function function, UpperHalves upperHalves) {
        this.upperHalves = upperHalves;
        for (Block block : function.blocks()) {
            block.instructions().forEach(i -> i.operation().operands().forEach(this::count));
            block.terminator().operands().forEach(this::count);
            block.terminator().edges().forEach(edge -> edge.arguments().forEach(this::count));
        }
        findNeeded(function);
    }

    /** How often a value is used. */
    int uses(Value value) {
        return uses.getOrDefault(value, 0);
    }

    /** True if somebody needs the result in a register, or the effect. */
    boolean isNeeded(Instruction instruction) {
        return needed.contains(instruction);
    }

    /** The value that is in the same register since it is the same bits, as far as they are defined. */
    Value original(Value value) {
        Value at = value;
        while (at instanceof Instruction instruction) {
            Optional<Value> same = same(instruction.operation());
            if (same.isEmpty()) {
                break;
            }
            at = same.get();
        }
        return at;
    }

    private Optional<Value> same(Operation operation) {
        return switch (operation) {
            case Operation.Reinterpret other when !(other.value() instanceof Constant) -> Optional.of(other.value());
            case Operation.Extend extend when extend.from() == extend.type() -> Optional.of(extend.value());
            case Operation.Extend extend
            when extend.from() == Int.I32 && !extend.signed() && upperHalves.areZero(extend.value()) ->
                Optional.of(extend.value());
            default -> Optional.empty();
        };
    }

    /**
     * The nearest base that an access can have, with the distance from it.
     *
     * @param exact if the offset must stay as it is, since it is to be relocated
     */
    Address address(Value address, int offset, boolean exact) {
        Value at = original(address);
        long distance = offset;
        while (!exact && constantDistance(at).isPresent()) {
            Operation.PointerAdd add = constantDistance(at).get();
            long next = distance + ((Constant) add.offset()).value();
            if (next != (short) next) {
                break;
            }
            distance = next;
            at = original(add.pointer());
        }
        if (!exact
                && at instanceof Instruction instruction
                && instruction.operation() instanceof Operation.StackAddress stack) {
            return new Address(at, Optional.of(stack.slot()), (int) distance);
        }
        return new Address(at, Optional.empty(), (int) distance);
    }

    private static Optional<Operation.PointerAdd> constantDistance(Value value) {
        return value instanceof Instruction instruction
                        && instruction.operation() instanceof Operation.PointerAdd add
                        && add.offset() instanceof Constant
                ? Optional.of(add)
                : Optional.empty();
    }

    /** What a branch decides by: a comparison that it alone asks for is done in its place. */
    Condition condition(Terminator.Branch branch) {
        boolean tests = branch.comparison() == Comparison.EQUAL || branch.comparison() == Comparison.NOT_EQUAL;
        if (tests
                && branch.right() instanceof Constant constant
                && constant.value() == 0
                && original(branch.left()) instanceof Instruction instruction
                && uses(instruction) == 1
                && instruction.operation() instanceof Operation.Compare compare) {
            Comparison comparison = branch.comparison() == Comparison.NOT_EQUAL
                    ? compare.comparison()
                    : compare.comparison().opposite();
            return ordered(new Condition(comparison, compare.left(), compare.right()));
        }
        return ordered(new Condition(branch.comparison(), branch.left(), branch.right()));
    }

    /** With a constant on the right, where instructions can have one. */
    static Condition ordered(Condition condition) {
        return condition.left() instanceof Constant && !(condition.right() instanceof Constant)
                ? new Condition(condition.comparison().swapped(), condition.right(), condition.left())
                : condition;
    }

    private void count(Value value) {
        uses.merge(value, 1, Integer::sum);
    }

    private void findNeeded(Function function) {
        Deque<Instruction> open = new ArrayDeque<>();
        for (Block block : function.blocks()) {
            for (Instruction instruction : block.instructions()) {
                if (!instruction.operation().isPure()) {
                    need(instruction, open);
                }
            }
            Terminator end = block.terminator();
            if (end instanceof Terminator.Branch branch) {
                Condition condition = condition(branch);
                need(condition.left(), open);
                need(condition.right(), open);
            } else {
                end.operands().forEach(operand -> need(operand, open));
            }
            end.edges().forEach(edge -> edge.arguments().forEach(argument -> need(argument, open)));
        }
        while (!open.isEmpty()) {
            needOperands(open.pop().operation(), open);
        }
    }

    private void needOperands(Operation operation, Deque<Instruction> open) {
        switch (operation) {
            case Operation.Load load ->
                need(address(load.address(), load.offset(), load.field().isPresent()), open);
            case Operation.Store store -> {
                need(address(store.address(), store.offset(), store.field().isPresent()), open);
                need(store.value(), open);
            }
            case Operation.Atomic atomic -> {
                need(address(atomic.address(), atomic.offset(), false), open);
                need(atomic.value(), open);
            }
            case Operation.CompareAndExchange exchange -> {
                need(address(exchange.address(), exchange.offset(), false), open);
                need(exchange.expected(), open);
                need(exchange.replacement(), open);
            }
            default -> operation.operands().forEach(operand -> need(operand, open));
        }
    }

    private void need(Address address, Deque<Instruction> open) {
        if (address.slot().isEmpty()) {
            need(address.base(), open);
        }
    }

    private void need(Value value, Deque<Instruction> open) {
        if (original(value) instanceof Instruction instruction && needed.add(instruction)) {
            open.push(instruction);
        }
    }
}
