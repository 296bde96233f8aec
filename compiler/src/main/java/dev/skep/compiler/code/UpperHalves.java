package dev.skep.compiler.code;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.BlockParameter;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Value;
import dev.skep.object.instruction.CpuVersion;
import java.util.HashSet;
import java.util.Set;

/**
 * Which values of 32 bits are held with the upper half of their register zero, so that extending them costs nothing. The others
 * have anything there.
 */
final class UpperHalves {
    private final CpuVersion version;
    /** Parameters that get something else than zero in the upper half on some way. */
    private final Set<BlockParameter> unknown = new HashSet<>();
    /** What other blocks use, where the verifier may have forgotten it (widen_imprecise_scalars of kernel/bpf/verifier.c). */
    private final Set<Value> forgotten = new HashSet<>();
    /** What comparisons bound, here or where it is passed on to. */
    private final Set<Value> compared = new HashSet<>();

    UpperHalves(Function function, CpuVersion version) {
        this.version = version;
        function.blocks().forEach(this::findCompared);
        unknown.addAll(function.parameters());
        if (Terminator.MayContinue.isIn(function)) {
            function.blocks().forEach(this::findForgotten);
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Block block : function.blocks()) {
                for (Edge edge : block.terminator().edges()) {
                    changed |= spread(edge);
                }
            }
        }
    }

    private void findCompared(Block block) {
        compared.addAll(block.terminator().operands());
        block.terminator().edges().forEach(edge -> compared.addAll(edge.arguments()));
        for (Instruction instruction : block.instructions()) {
            if (instruction.operation() instanceof Operation.Compare compare) {
                compared.addAll(compare.operands());
            }
        }
    }

    /** Where ways meet, a number may be another one in each round. */
    private void findForgotten(Block block) {
        unknown.addAll(block.parameters());
        Set<Value> used = new HashSet<>();
        block.instructions()
                .forEach(instruction -> used.addAll(instruction.operation().operands()));
        used.addAll(block.terminator().operands());
        block.terminator().edges().forEach(edge -> used.addAll(edge.arguments()));
        block.instructions().forEach(used::remove);
        forgotten.addAll(used);
    }

    private boolean spread(Edge edge) {
        boolean changed = false;
        for (int i = 0; i < edge.arguments().size(); i++) {
            if (!areZero(edge.arguments().get(i))) {
                changed |= unknown.add(edge.target().parameters().get(i));
            }
        }
        return changed;
    }

    /** True if the upper half of a value of 32 bits is zero. False for wider ones. */
    boolean areZero(Value value) {
        if (value.type() != Int.I32) {
            return false;
        }
        return switch (value) {
            case Constant constant -> hasNarrowArithmetic() || constant.value() >= 0;
            case BlockParameter parameter -> !unknown.contains(parameter);
            case Instruction instruction ->
                areZero(instruction.operation())
                        && !forgotten.contains(value)
                        && !(compared.contains(value) && isUnknownToVerifier(instruction.operation()));
        };
    }

    /**
     * The kernel's verifier takes the whole register for anything after these, the upper half included (check_alu_op and
     * adjust_scalar_min_max_vals of kernel/bpf/verifier.c), so that a comparison of 32 bits would bound the lower half only.
     */
    private static boolean isUnknownToVerifier(Operation operation) {
        return switch (operation) {
            case Operation.SwapBytes swap -> true;
            case Operation.Negate negate -> true;
            case Operation.Binary binary ->
                switch (binary.operator()) {
                    case DIVIDE, SIGNED_DIVIDE, REMAINDER, SIGNED_REMAINDER -> true;
                    case SHIFT_LEFT, SHIFT_RIGHT, ARITHMETIC_SHIFT_RIGHT -> !(binary.right() instanceof Constant);
                    default -> false;
                };
            default -> false;
        };
    }

    private boolean areZero(Operation operation) {
        return switch (operation) {
            case Operation.Compare compare -> true;
            case Operation.SwapBytes swap -> true;
            case Operation.Binary binary -> hasNarrowArithmetic() || areZeroWithWideArithmetic(binary);
            case Operation.Negate negate -> hasNarrowArithmetic();
            case Operation.Extend extend -> isZeroExtended(extend);
            case Operation.Load load -> !load.signed() || load.width() == Int.I32;
            case Operation.Relocated relocated -> hasNarrowArithmetic();
            case Operation.Atomic atomic -> true;
            case Operation.CompareAndExchange exchange -> true;
            default -> false;
        };
    }

    private boolean isZeroExtended(Operation.Extend extend) {
        if (extend.from() == Int.I32) {
            return areZero(extend.value());
        }
        return !extend.signed() || hasNarrowArithmetic();
    }

    /** When arithmetic is done on all 64 bits because there is no other. */
    private boolean areZeroWithWideArithmetic(Operation.Binary binary) {
        return switch (binary.operator()) {
            case DIVIDE, REMAINDER, SHIFT_RIGHT -> true;
            case AND -> areZero(binary.left()) || areZero(binary.right());
            case OR, XOR -> areZero(binary.left()) && areZero(binary.right());
            default -> false;
        };
    }

    private boolean hasNarrowArithmetic() {
        return version.compareTo(CpuVersion.V3) >= 0;
    }
}
