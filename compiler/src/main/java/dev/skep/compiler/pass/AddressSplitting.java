package dev.skep.compiler.pass;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Operation.Binary;
import dev.skep.compiler.ir.Operation.Extend;
import dev.skep.compiler.ir.Operation.PointerAdd;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes distances from a pointer apart, so that constants come last, where they go into the offsets of accesses, and what stays the same
 * in a loop comes first, where it can be computed before the loop.
 *
 * <p>Only where the parts are bounded as well as their sum: a check of the sum says nothing of the parts to the kernel's verifier.
 */
final class AddressSplitting implements Pass {
    /** What pointers lead to whose distance from the start may be a number that the verifier knows but bounds of. */
    static final Set<Pointer.Provenance> WITH_VARIABLE_DISTANCES =
            Set.of(Pointer.Provenance.MAP_VALUE, Pointer.Provenance.MEMORY, Pointer.Provenance.PACKET);

    @Override
    public boolean run(Function function) {
        boolean changed = false;
        boolean again = true;
        while (again) {
            Splitting splitting = new Splitting(function);
            ControlFlow.of(function).order().forEach(splitting::visit);
            again = splitting.changed;
            changed |= again;
        }
        return changed;
    }

    /** @param whole the sum, of 32 bits, zero-extended, or of 64 @param shift to the left, of the extended sum */
    private record Distance(Value whole, Binary sum, int shift) {
        static Optional<Distance> of(Value offset) {
            Value at = offset;
            int shift = 0;
            if (at instanceof Instruction i
                    && i.operation() instanceof Binary outer
                    && outer.operator() == BinaryOperator.SHIFT_LEFT
                    && outer.right() instanceof Constant places) {
                shift = (int) places.value();
                at = outer.left();
            }
            if (at instanceof Instruction i && i.operation() instanceof Extend extend && extend.isZeroExtension()) {
                at = extend.value();
            }
            return at instanceof Instruction i
                            && i.operation() instanceof Binary sum
                            && sum.operator() == BinaryOperator.ADD
                    ? Optional.of(new Distance(at, sum, shift))
                    : Optional.empty();
        }
    }

    private static final class Splitting {
        private final Ranges ranges;
        private final Loops loops;
        private final Map<Value, Block> homes = new HashMap<>();
        private boolean changed;

        Splitting(Function function) {
            ranges = new Ranges(function);
            loops = Loops.of(function);
            for (Block block : function.blocks()) {
                block.parameters().forEach(p -> homes.put(p, block));
                block.instructions().forEach(i -> homes.put(i, block));
            }
        }

        void visit(Block block) {
            List<Instruction> result = new ArrayList<>();
            for (Instruction instruction : block.instructions()) {
                if (instruction.operation() instanceof PointerAdd add
                        && WITH_VARIABLE_DISTANCES.contains(add.type().provenance())) {
                    changed |= split(instruction, add, block, result);
                }
                result.add(instruction);
            }
            block.instructions().clear();
            block.instructions().addAll(result);
        }

        private boolean split(Instruction instruction, PointerAdd add, Block block, List<Instruction> before) {
            if (add.offset() instanceof Constant) {
                return false;
            }
            if (add.pointer() instanceof Instruction i
                    && i.operation() instanceof PointerAdd inner
                    && inner.offset() instanceof Constant last
                    && last.value() == (short) last.value()) {
                Instruction moved = new Instruction(
                        new PointerAdd(inner.pointer(), add.offset(), inner.type()), instruction.position());
                before.add(moved);
                instruction.replace(new PointerAdd(moved, last, add.type()));
                return true;
            }
            Optional<Distance> distance = Distance.of(add.offset());
            if (distance.isEmpty() || !areBoundedApart(distance.get(), block)) {
                return false;
            }
            Value first = distance.get().sum().left();
            Value second = distance.get().sum().right();
            if (!comesFirst(first, second, block)) {
                Value other = first;
                first = second;
                second = other;
            }
            if (!comesFirst(first, second, block)) {
                return false;
            }
            Parts parts = new Parts(distance.get().shift(), instruction, before);
            Instruction base = parts.add(new PointerAdd(add.pointer(), parts.scaled(first), add.type()));
            instruction.replace(new PointerAdd(base, parts.scaled(second), add.type()));
            return true;
        }

        private boolean comesFirst(Value first, Value second, Block block) {
            if (second instanceof Constant) {
                return !(first instanceof Constant);
            }
            return loops.around(block)
                    .filter(loop -> isOutside(first, loop) && !isOutside(second, loop))
                    .isPresent();
        }

        private boolean isOutside(Value value, Loops.Loop loop) {
            return value instanceof Constant || !loop.contains(homes.getOrDefault(value, loop.head()));
        }

        /** True if the verifier knows the bounds of the sum by those of its parts, and that it does not overflow. */
        private boolean areBoundedApart(Distance distance, Block block) {
            Range left = ranges.at(distance.sum().left(), block);
            Range right = ranges.at(distance.sum().right(), block);
            Range sum = ranges.at(distance.whole(), block);
            return left.isNonNegative()
                    && right.isNonNegative()
                    && left.high() <= Integer.MAX_VALUE - right.high()
                    && left.high() + right.high() <= sum.high()
                    && (left.high() + right.high()) << distance.shift() >= 0;
        }
    }

    /** Makes the parts of a distance. @param before where they are added */
    private record Parts(int shift, Instruction place, List<Instruction> before) {
        Instruction add(Operation operation) {
            Instruction instruction = new Instruction(operation, place.position());
            before.add(instruction);
            return instruction;
        }

        Value scaled(Value part) {
            if (part instanceof Constant constant) {
                return Constant.of(constant.value() << shift);
            }
            Value wide = part.type() == Int.I32 ? add(new Extend(Int.I32, false, part, Int.I64)) : part;
            return shift == 0 ? wide : add(new Binary(BinaryOperator.SHIFT_LEFT, wide, Constant.of((long) shift)));
        }
    }
}
