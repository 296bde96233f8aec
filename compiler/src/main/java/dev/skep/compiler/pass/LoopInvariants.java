package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Operation.GlobalAddress;
import dev.skep.compiler.ir.Operation.Load;
import dev.skep.compiler.ir.Operation.PointerAdd;
import dev.skep.compiler.ir.Operation.Store;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Type;
import dev.skep.compiler.ir.Value;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Computes before a loop what is the same in each round, as long as there are registers to keep it in: loops that call something are left
 * alone, for only four registers outlive a call.
 *
 * <p>Moved are arithmetic, addresses, and loads from the context. What the verifier knows of an operand by a check in the loop it does not
 * know before the loop, so operations stay where such a check bounds what they work on.
 */
final class LoopInvariants implements Pass {
    @Override
    public boolean run(Function function) {
        Loops loops = Loops.withBlocksBefore(function, loop -> !loop.calls());
        if (loops.all().isEmpty()) {
            return false;
        }
        Ranges ranges = new Ranges(function);
        Map<Block, Integer> positions = new HashMap<>();
        ControlFlow.of(function).order().forEach(block -> positions.put(block, positions.size()));
        boolean changed = false;
        for (Loops.Loop loop : loops.all()) {
            Optional<Block> before = Loops.before(loop, function);
            if (before.isPresent() && !loop.calls()) {
                List<Block> order = loop.blocks().stream()
                        .sorted(Comparator.comparing(positions::get))
                        .toList();
                changed |= new Hoisting(loop, order, ranges).to(before.get());
            }
        }
        return changed;
    }

    private static final class Hoisting {
        private final Loops.Loop loop;
        private final List<Block> order;
        private final Ranges ranges;
        private final Set<Value> inside;
        private final Set<Value> hoisted = new HashSet<>();
        private final boolean storesToContext;
        private int free;

        /** @param order of the loop's blocks, each behind those that lead to it */
        Hoisting(Loops.Loop loop, List<Block> order, Ranges ranges) {
            this.loop = loop;
            this.order = order;
            this.ranges = ranges;
            free = LoopRegisters.free(loop);
            inside = loop.definitions();
            storesToContext = loop.operations()
                    .anyMatch(operation -> operation instanceof Store store && isContext(store.address()));
        }

        boolean to(Block before) {
            Set<Instruction> moved = new LinkedHashSet<>();
            for (Block block : order) {
                for (Instruction instruction : block.instructions()) {
                    if (free > 0 && isInvariant(instruction, block)) {
                        moved.add(instruction);
                        inside.remove(instruction);
                        take(instruction);
                    }
                }
            }
            if (moved.isEmpty()) {
                return false;
            }
            loop.blocks().forEach(block -> block.instructions().removeAll(moved));
            before.instructions().addAll(moved);
            return true;
        }

        /** A register that what was moved before it needs alone is not taken twice. */
        private void take(Instruction instruction) {
            if (instruction.operation() instanceof GlobalAddress) {
                return; // it is made anew where it is used
            }
            boolean continues = instruction.operation().operands().stream().anyMatch(hoisted::remove);
            hoisted.add(instruction);
            free -= continues ? 0 : 1;
        }

        private boolean isInvariant(Instruction instruction, Block block) {
            return isMovable(instruction.operation())
                    && instruction.operation().operands().stream().allMatch(operand -> isKnownBefore(operand, block));
        }

        private boolean isMovable(Operation operation) {
            return switch (operation) {
                case GlobalAddress address -> true;
                case Operation.Binary binary -> true;
                case Operation.Extend extend -> true;
                case Operation.SwapBytes swap -> true;
                case Operation.Negate negate -> true;
                case PointerAdd add ->
                    !(add.offset() instanceof Constant)
                            && (add.type().provenance() == Pointer.Provenance.MAP_VALUE
                                    || add.type().provenance() == Pointer.Provenance.MEMORY);
                case Load load -> isContext(load.address()) && !storesToContext;
                default -> false;
            };
        }

        private static boolean isContext(Value address) {
            return address.type() instanceof Pointer pointer && pointer.provenance() == Pointer.Provenance.CONTEXT;
        }

        /** True if the value is there before the loop, and the verifier knows no less of it there. */
        private boolean isKnownBefore(Value value, Block block) {
            if (value instanceof Constant) {
                return true;
            }
            Type type = value.type();
            boolean isSafe = type instanceof Pointer pointer
                    ? !pointer.nullable()
                    : ranges.at(value, block).equals(ranges.at(value, loop.head()));
            return !inside.contains(value) && isSafe;
        }
    }
}
