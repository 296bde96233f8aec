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
import dev.skep.compiler.ir.Value;
import java.util.Optional;

/**
 * Removes extensions and masks that change no bit, and makes those that are left cheaper: sign extension of what is not negative is zero
 * extension, which 32-bit arithmetic does by itself.
 */
final class ExtensionRemoval implements Pass {
    @Override
    public boolean run(Function function) {
        KnownBits bits = KnownBits.of(function);
        KnownBits seen = KnownBits.toVerifier(function);
        boolean changed = false;
        for (Block block : function.blocks()) {
            for (Instruction instruction : block.instructions()) {
                Optional<Operation> cheaper = switch (instruction.operation()) {
                    case Extend extend -> simplify(extend, bits);
                    case Binary binary when binary.operator() == BinaryOperator.AND -> unmasked(binary, seen);
                    default -> Optional.empty();
                };
                if (cheaper.isPresent()) {
                    instruction.replace(cheaper.get());
                    changed = true;
                }
            }
        }
        if (changed) {
            new CopyPropagation().run(function);
        }
        return changed;
    }

    private static Optional<Operation> simplify(Extend extend, KnownBits bits) {
        Value value = extend.value();
        long possible = bits.possible(value);
        long kept = extend.signed() ? mask(extend.from()) >>> 1 : mask(extend.from());
        boolean changesNothing = (possible & ~kept) == 0;
        if (changesNothing && value.type() == extend.type()) {
            return Optional.of(Constants.copy(value));
        }
        boolean isWidening = value.type() == Int.I32 && extend.type() == Int.I64;
        if (changesNothing && isWidening && (extend.from() != Int.I32 || extend.signed())) {
            return Optional.of(new Extend(Int.I32, false, value, Int.I64));
        }
        // Cut to fewer bits than the value has, the sign bit of those not being set.
        boolean isNonNegative = (possible & mask(extend.from()) & ~(mask(extend.from()) >>> 1)) == 0;
        return extend.signed() && isNonNegative && extend.from() != Int.I64
                ? Optional.of(new Extend(extend.from(), false, value, extend.type()))
                : Optional.empty();
    }

    private static long mask(Int type) {
        return -1L >>> (Long.SIZE - type.bits());
    }

    /** A mask that keeps all bits there are, as far as the verifier sees them: for it the mask may be what bounds an index. */
    private static Optional<Operation> unmasked(Binary binary, KnownBits bits) {
        return binary.right() instanceof Constant mask && (bits.possible(binary.left()) & ~mask.value()) == 0
                ? Optional.of(Constants.copy(binary.left()))
                : Optional.empty();
    }
}
