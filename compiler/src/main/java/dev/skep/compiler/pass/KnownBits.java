package dev.skep.compiler.pass;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.BlockParameter;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Operation.Binary;
import dev.skep.compiler.ir.Value;
import java.util.HashMap;
import java.util.Map;

/**
 * Which bits of integers are always zero, by what computes them alone, not by comparisons on the way.
 *
 * <p>The kernel's verifier knows less: it takes the results of byte swaps, divisions and some others for anything (adjust_scalar_min_max_vals
 * of kernel/bpf/verifier.c up to Linux 6.18). A check may be left out only by what it knows as well.
 */
final class KnownBits {
    /** Bits that may be set; of values that nothing is known of yet none, which the way round a loop makes more. */
    private final Map<Value, Long> possible = new HashMap<>();

    private final boolean asVerifier;
    private final ForgottenNumbers forgotten;

    /** All that is known. */
    static KnownBits of(Function function) {
        return new KnownBits(function, false);
    }

    /** What the kernel's verifier knows. */
    static KnownBits toVerifier(Function function) {
        return new KnownBits(function, true);
    }

    private KnownBits(Function function, boolean asVerifier) {
        this.asVerifier = asVerifier;
        this.forgotten = new ForgottenNumbers(function);
        ControlFlow flow = ControlFlow.of(function);
        function.entry().parameters().forEach(p -> possible.put(p, width(p)));
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Block block : flow.order()) {
                if (block != function.entry()) {
                    changed |= meet(block, flow);
                }
                for (Instruction instruction : block.instructions()) {
                    if (instruction.type() instanceof Int) {
                        boolean unknown = usesForgotten(instruction, block);
                        long width = width(instruction);
                        changed |= grow(instruction, unknown ? width : compute(instruction.operation(), width));
                    }
                }
            }
        }
    }

    private boolean meet(Block block, ControlFlow flow) {
        boolean changed = false;
        boolean isForgotten = asVerifier && forgotten.isHead(block);
        for (int i = 0; i < block.parameters().size(); i++) {
            BlockParameter parameter = block.parameters().get(i);
            for (ControlFlow.Incoming edge : flow.incoming(block)) {
                Value argument = edge.edge().arguments().get(i);
                boolean unknown = isForgotten || (asVerifier && forgotten.isForgotten(argument, edge));
                changed |= grow(parameter, unknown ? width(parameter) : possible(argument));
            }
        }
        return changed;
    }

    private boolean usesForgotten(Instruction instruction, Block block) {
        return asVerifier
                && instruction.operation().operands().stream()
                        .anyMatch(operand -> operand.type() instanceof Int && forgotten.isForgotten(operand, block));
    }

    private boolean grow(Value value, long bits) {
        long before = possible(value);
        possible.put(value, before | bits);
        return (before | bits) != before;
    }

    private static long width(Value value) {
        return value.type() == Int.I32 ? 0xffff_ffffL : -1;
    }

    /** The bits that may be set; of 32 bits only the lower half. */
    long possible(Value value) {
        return value instanceof Constant constant
                ? constant.value() & width(value)
                : possible.getOrDefault(value, value.type() instanceof Int ? 0 : -1L);
    }

    /** True if the sign bit is never set. */
    boolean isNonNegative(Value value) {
        return (possible(value) & Long.highestOneBit(width(value))) == 0;
    }

    private static boolean isUnknownToVerifier(Operation operation) {
        return switch (operation) {
            case Operation.SwapBytes swap -> true;
            case Binary binary ->
                switch (binary.operator()) {
                    case DIVIDE, REMAINDER, MULTIPLY -> true;
                    case SHIFT_LEFT, SHIFT_RIGHT, ARITHMETIC_SHIFT_RIGHT -> !(binary.right() instanceof Constant);
                    default -> false;
                };
            default -> false;
        };
    }

    private long compute(Operation operation, long width) {
        if (asVerifier && isUnknownToVerifier(operation)) {
            return width;
        }
        return switch (operation) {
            case Binary binary -> binary(binary, width);
            case Operation.Compare compare -> 1;
            case Operation.SwapBytes swap -> swapped(swap);
            case Operation.Extend extend -> extended(extend.from(), extend.signed(), possible(extend.value())) & width;
            case Operation.Load load -> extended(load.width(), load.signed(), -1) & width;
            default -> width;
        };
    }

    private long swapped(Operation.SwapBytes swap) {
        return Arithmetic.swapBytes(swap.width(), possible(swap.value()));
    }

    private static long extended(Int from, boolean signed, long bits) {
        long low = Arithmetic.extend(from, false, bits);
        boolean hasSign = low >>> (from.bits() - 1) != 0;
        return signed && hasSign ? Arithmetic.extend(from, true, low) : low;
    }

    private long binary(Binary binary, long width) {
        long left = possible(binary.left());
        long right = possible(binary.right());
        return switch (binary.operator()) {
            case AND -> left & right;
            case OR, XOR -> left | right;
            case ADD -> upTo(sum(left, right)) & width;
            case MULTIPLY -> upTo(product(left, right)) & width;
            case DIVIDE -> upTo(left);
            case REMAINDER -> upTo(binary.right() instanceof Constant ? smaller(left, right) : left);
            case SHIFT_LEFT, SHIFT_RIGHT, ARITHMETIC_SHIFT_RIGHT -> shifted(binary, left, width);
            case SUBTRACT, SIGNED_DIVIDE, SIGNED_REMAINDER -> width;
        };
    }

    private static long smaller(long dividend, long divisor) {
        return divisor == 0 || Long.compareUnsigned(dividend, divisor) < 0 ? dividend : divisor - 1;
    }

    /** The sum of the largest numbers, all bits if it overflows. */
    private static long sum(long left, long right) {
        long sum = left + right;
        return Long.compareUnsigned(sum, left) < 0 ? -1 : sum;
    }

    private static long product(long left, long right) {
        return Math.unsignedMultiplyHigh(left, right) == 0 ? left * right : -1;
    }

    /** All bits that numbers up to this one, unsigned, may have. */
    private static long upTo(long largest) {
        return largest == 0 ? 0 : -1L >>> Long.numberOfLeadingZeros(largest);
    }

    private static long shifted(Binary binary, long bits, long width) {
        if (!(binary.right() instanceof Constant constant)) {
            return binary.operator() == BinaryOperator.SHIFT_RIGHT ? upTo(bits) : width;
        }
        Int type = (Int) binary.type();
        int distance = (int) constant.value() & (type.bits() - 1);
        return switch (binary.operator()) {
            case SHIFT_LEFT -> bits << distance & width;
            case SHIFT_RIGHT -> bits >>> distance;
            default -> Arithmetic.extend(type, true, bits) >> distance & width;
        };
    }
}
