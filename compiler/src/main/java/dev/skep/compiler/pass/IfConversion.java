package dev.skep.compiler.pass;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.BlockParameter;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.ir.Terminator.Branch;
import dev.skep.compiler.ir.Terminator.Jump;
import dev.skep.compiler.ir.Type;
import dev.skep.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Computes one of two numbers without a branch where that takes no more instructions than a branch and two moves: {@code x < 0 ? -1 : 0}
 * is a shift, {@code (x & 8) != 0} two operations. A comparison with 0 keeps its branch if the number is used for something else, too:
 * the verifier learns its bounds there.
 */
final class IfConversion implements Pass {
    @Override
    public boolean run(Function function) {
        if (function.blocks().stream().noneMatch(IfConversion::isCandidate)) {
            return false;
        }
        Conversion conversion = new Conversion(new Uses(function), KnownBits.toVerifier(function));
        boolean changed = false;
        for (Block block : function.blocks()) {
            changed |= conversion.convertBranch(block);
            changed |= conversion.convertComparisons(block);
        }
        return changed;
    }

    private static boolean isCandidate(Block block) {
        return differing(block).isPresent()
                || block.instructions().stream().anyMatch(i -> i.operation() instanceof Operation.Compare);
    }

    /** The only argument in which two ways to the same block differ, if both are numbers that are known. */
    private static Optional<Integer> differing(Block block) {
        if (!(block.terminator() instanceof Branch branch)
                || branch.taken().target() != branch.otherwise().target()) {
            return Optional.empty();
        }
        List<Integer> different = new ArrayList<>();
        for (int i = 0; i < branch.taken().arguments().size(); i++) {
            if (!branch.taken()
                    .arguments()
                    .get(i)
                    .equals(branch.otherwise().arguments().get(i))) {
                different.add(i);
            }
        }
        return different.size() == 1
                        && branch.taken().arguments().get(different.getFirst()) instanceof Constant
                        && branch.otherwise().arguments().get(different.getFirst()) instanceof Constant
                ? Optional.of(different.getFirst())
                : Optional.empty();
    }

    /** What is known of one function. */
    private record Conversion(Uses uses, KnownBits bits) {
        boolean convertBranch(Block block) {
            Optional<Integer> index = differing(block);
            if (index.isEmpty()) {
                return false;
            }
            Branch branch = (Branch) block.terminator();
            Edge taken = branch.taken();
            BlockParameter parameter = taken.target().parameters().get(index.get());
            Constant ifTrue = (Constant) taken.arguments().get(index.get());
            Constant ifFalse = (Constant) branch.otherwise().arguments().get(index.get());
            Operation.Compare condition = new Operation.Compare(branch.comparison(), branch.left(), branch.right());
            Work work = new Work(block.instructions(), block.instructions().size(), branch.position());
            Optional<Value> value = chosen(condition, ifTrue.value(), ifFalse.value(), parameter.type())
                    .map(result -> result.apply(work));
            value.ifPresent(result -> {
                List<Value> arguments = new ArrayList<>(taken.arguments());
                arguments.set(index.get(), result);
                block.terminate(new Jump(new Edge(taken.target(), arguments), branch.position()));
            });
            return value.isPresent();
        }

        boolean convertComparisons(Block block) {
            boolean changed = false;
            for (int i = 0; i < block.instructions().size(); i++) {
                Instruction instruction = block.instructions().get(i);
                if (instruction.operation() instanceof Operation.Compare compare) {
                    Work work = new Work(block.instructions(), i, instruction.position());
                    Optional<Value> value = chosen(compare, 1, 0, Int.I32).map(result -> result.apply(work));
                    value.ifPresent(result -> instruction.replace(Constants.copy(result)));
                    changed |= value.isPresent();
                }
            }
            return changed;
        }

        /** How to compute one number if a comparison holds, another if not. */
        private Optional<Computation> chosen(Operation.Compare condition, long ifTrue, long ifFalse, Type type) {
            if (!(condition.left().type() instanceof Int width)
                    || !(type instanceof Int wanted)
                    || (width == Int.I32 && wanted == Int.I64)) {
                return Optional.empty();
            }
            if (Constants.is(condition.right(), 0)
                    && (condition.comparison() == Comparison.EQUAL || condition.comparison() == Comparison.NOT_EQUAL)) {
                boolean ifSet = condition.comparison() == Comparison.NOT_EQUAL;
                return ofBit(condition.left(), ifSet ? ifTrue : ifFalse, ifSet ? ifFalse : ifTrue, wanted);
            }
            if (uses.count(condition.left()) > 1) {
                return Optional.empty();
            }
            return ofSign(condition)
                    .flatMap(negative ->
                            ofSign(condition.left(), negative ? ifTrue : ifFalse, negative ? ifFalse : ifTrue, wanted));
        }

        /** Whether a comparison holds for negative numbers, or for all others; empty if it is another one. */
        private static Optional<Boolean> ofSign(Operation.Compare condition) {
            boolean withZero = Constants.is(condition.right(), 0);
            boolean withLast = Constants.is(condition.right(), -1);
            return switch (condition.comparison()) {
                case SIGNED_LESS -> withZero ? Optional.of(true) : Optional.empty();
                case SIGNED_LESS_OR_EQUAL -> withLast ? Optional.of(true) : Optional.empty();
                case SIGNED_GREATER_OR_EQUAL -> withZero ? Optional.of(false) : Optional.empty();
                case SIGNED_GREATER -> withLast ? Optional.of(false) : Optional.empty();
                default -> Optional.empty();
            };
        }

        private static Optional<Computation> ofSign(Value number, long ifNegative, long otherwise, Int wanted) {
            long distance = ((Int) number.type()).bits() - 1L;
            boolean inverted = ifNegative == 0;
            long result = inverted ? otherwise : ifNegative;
            if ((inverted ? ifNegative : otherwise) != 0 || (result != 1 && result != -1)) {
                return Optional.empty();
            }
            BinaryOperator shift = result == 1 ? BinaryOperator.SHIFT_RIGHT : BinaryOperator.ARITHMETIC_SHIFT_RIGHT;
            return Optional.of(work -> {
                Value sign = inverted ? work.binary(BinaryOperator.XOR, number, -1) : number;
                return work.fitting(work.binary(shift, sign, distance), wanted);
            });
        }

        /** A number of which one bit may be set. */
        private Optional<Computation> ofBit(Value number, long ifSet, long otherwise, Int wanted) {
            long possible = bits.possible(number);
            if (Long.bitCount(possible) != 1 || ifSet + otherwise != 1 || ifSet * otherwise != 0) {
                return Optional.empty();
            }
            long distance = Long.numberOfTrailingZeros(possible);
            return Optional.of(work -> {
                Value bit = distance == 0 ? number : work.binary(BinaryOperator.SHIFT_RIGHT, number, distance);
                return work.fitting(ifSet == 1 ? bit : work.binary(BinaryOperator.XOR, bit, 1), wanted);
            });
        }
    }

    /** Computes something at a place. */
    @FunctionalInterface
    private interface Computation {
        Value apply(Work work);
    }

    /** Adds instructions. */
    private static final class Work {
        private final List<Instruction> instructions;
        private final Position position;
        private int at;

        Work(List<Instruction> instructions, int at, Position position) {
            this.instructions = instructions;
            this.at = at;
            this.position = position;
        }

        private Value add(Operation operation) {
            Instruction instruction = new Instruction(operation, position);
            instructions.add(at++, instruction);
            return instruction;
        }

        Value binary(BinaryOperator operator, Value left, long right) {
            return add(new Operation.Binary(operator, left, Constant.of((Int) left.type(), right)));
        }

        Value fitting(Value value, Int wanted) {
            return value.type() == wanted ? value : add(new Operation.Extend(Int.I32, false, value, wanted));
        }
    }
}
