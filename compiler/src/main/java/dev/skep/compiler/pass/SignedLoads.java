package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation.Extend;
import dev.skep.compiler.ir.Operation.Load;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Terminator.Branch;
import dev.skep.compiler.ir.Value;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Extends what is loaded with its sign only where that matters, for instruction sets that need two instructions for it: whether two bytes
 * are equal, or equal to a number, does not depend on how they are extended.
 *
 * <p>Only where one block uses the sign: there is then one extended value, and what a comparison says of it holds wherever it is used.
 */
final class SignedLoads {
    /** Who uses a load's result. */
    private static final class Users {
        private int equalities;
        private final Set<Block> others = new HashSet<>();
    }

    private final Function function;
    private final Map<Instruction, Users> loads = new LinkedHashMap<>();

    private SignedLoads(Function function) {
        this.function = function;
        for (Block block : function.blocks()) {
            for (Instruction instruction : block.instructions()) {
                if (instruction.operation() instanceof Load load && isExtendedBySign(load)) {
                    loads.put(instruction, new Users());
                }
            }
        }
    }

    static void split(Function function) {
        SignedLoads signedLoads = new SignedLoads(function);
        while (!signedLoads.loads.isEmpty() && signedLoads.removeUnsuited()) {
            signedLoads.loads.replaceAll((load, users) -> new Users());
        }
        signedLoads.loads.forEach(signedLoads::split);
    }

    private static boolean isExtendedBySign(Load load) {
        return load.signed() && load.type() instanceof Int type && load.width().bits() < type.bits();
    }

    /** @return whether there were any: what they are compared with has to be looked at again */
    private boolean removeUnsuited() {
        for (Block block : function.blocks()) {
            block.instructions().forEach(i -> i.operation().operands().forEach(value -> note(value, block)));
            if (isEquality(block.terminator())) {
                block.terminator().operands().forEach(this::noteEquality);
            } else {
                block.terminator().operands().forEach(value -> note(value, block));
            }
            for (Edge edge : block.terminator().edges()) {
                edge.arguments().forEach(value -> note(value, block));
            }
        }
        return loads.values().removeIf(users -> users.equalities == 0 || users.others.size() > 1);
    }

    private Optional<Users> users(Value value) {
        return value instanceof Instruction load ? Optional.ofNullable(loads.get(load)) : Optional.empty();
    }

    private void note(Value value, Block block) {
        users(value).ifPresent(users -> users.others.add(block));
    }

    private void noteEquality(Value value) {
        users(value).ifPresent(users -> users.equalities++);
    }

    /** True for a decision that is the same however loads are extended. */
    private boolean isEquality(Terminator end) {
        return end instanceof Branch branch
                && (branch.comparison() == Comparison.EQUAL || branch.comparison() == Comparison.NOT_EQUAL)
                && branch.left() instanceof Instruction left
                && loads.containsKey(left)
                && left.operation() instanceof Load first
                && (branch.right() instanceof Constant constant
                        ? constant.value() == Arithmetic.extend(first.width(), true, constant.value())
                        : branch.right() instanceof Instruction right
                                && loads.containsKey(right)
                                && right.operation() instanceof Load second
                                && second.width() == first.width());
    }

    private void split(Instruction instruction, Users users) {
        Load load = (Load) instruction.operation();
        Int type = (Int) load.type();
        users.others.forEach(block -> extend(instruction, new Extend(load.width(), true, instruction, type), block));
        for (Block block : function.blocks()) {
            if (block.terminator() instanceof Branch branch
                    && isEquality(branch)
                    && branch.left() == instruction
                    && branch.right() instanceof Constant constant) {
                long bits = Arithmetic.extend(load.width(), false, constant.value());
                block.terminate(branch.withOperands(List.of(instruction, Constant.of(type, bits))));
            }
        }
        instruction.replace(new Load(load.address(), load.offset(), load.width(), false, load.type(), load.field()));
    }

    private void extend(Instruction load, Extend extension, Block block) {
        Instruction extended = new Instruction(extension, load.position());
        Substitution substitution = new Substitution();
        substitution.put(load, extended);
        int first = block.instructions().size();
        for (int i = block.instructions().size() - 1; i >= 0; i--) {
            Instruction user = block.instructions().get(i);
            if (user.operation().operands().contains(load)) {
                substitution.applyTo(user);
                first = i;
            }
        }
        block.instructions().add(first, extended);
        Terminator end = block.terminator();
        Terminator changed = isEquality(end) ? end : end.withOperands(substitution.of(end.operands()));
        block.terminate(
                changed.withEdges(changed.edges().stream().map(substitution::of).toList()));
    }
}
