package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Operation;

/** Constant folding and algebra: each operation by itself, and what its operands are made by, becomes a simpler one. */
final class Simplification implements Pass {
    @Override
    public boolean run(Function function) {
        boolean changed = false;
        boolean again = true;
        while (again) {
            again = false;
            Substitution copies = new Substitution();
            for (Block block : function.blocks()) {
                for (Instruction instruction : block.instructions()) {
                    again |= simplify(instruction, copies);
                }
            }
            again |= new CopyPropagation().run(function);
            changed |= again;
        }
        return changed;
    }

    /** @param copies what has turned out to be another value, so that a chain of such is gone through at once */
    private static boolean simplify(Instruction instruction, Substitution copies) {
        if (!copies.isEmpty()) {
            copies.applyTo(instruction);
        }
        boolean changed = simplify(instruction);
        if (changed
                && instruction.operation() instanceof Operation.Reinterpret copy
                && copy.type().equals(copy.value().type())) {
            copies.put(instruction, copy.value());
        }
        return changed;
    }

    private static boolean simplify(Instruction instruction) {
        Operation before = instruction.operation();
        Operation now = switch (before) {
            case Operation.Binary binary -> BinaryRules.simplify(binary);
            case Operation.Negate negate -> ConversionRules.simplify(negate);
            case Operation.SwapBytes swap -> ConversionRules.simplify(swap);
            case Operation.Extend extend -> ConversionRules.simplify(extend);
            case Operation.Reinterpret reinterpret -> ConversionRules.simplify(reinterpret);
            case Operation.Compare compare -> ComparisonRules.simplify(compare);
            case Operation.PointerAdd add -> PointerRules.simplify(add);
            case Operation.PointerDifference difference -> PointerRules.simplify(difference);
            case Operation.Load load -> PointerRules.simplify(load);
            case Operation.Store store -> PointerRules.simplify(store);
            case Operation.Atomic atomic -> PointerRules.simplify(atomic);
            case Operation.CompareAndExchange exchange -> PointerRules.simplify(exchange);
            default -> before;
        };
        if (now.equals(before) || !now.type().equals(instruction.type())) {
            return false;
        }
        instruction.replace(now);
        return true;
    }
}
