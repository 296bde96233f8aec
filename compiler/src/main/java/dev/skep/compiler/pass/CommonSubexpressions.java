package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Operation.Binary;
import dev.skep.object.program.HelperId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Uses what was computed before on every way to the place instead of computing it again. Nothing moves, so no access comes before the
 * check that guards it, and
 * what the verifier has forgotten is computed again.
 */
final class CommonSubexpressions implements Pass {
    /**
     * Helpers without arguments whose result is the same throughout a program's run, which stays on its CPU; see
     * kernel/bpf/helpers.c and kernel/trace/bpf_trace.c.
     */
    private static final Set<HelperId> STEADY_HELPERS = EnumSet.of(
            HelperId.GET_CURRENT_PID_TGID,
            HelperId.GET_CURRENT_UID_GID,
            HelperId.GET_CURRENT_TASK,
            HelperId.GET_CURRENT_TASK_BTF,
            HelperId.GET_CURRENT_CGROUP_ID,
            HelperId.GET_SMP_PROCESSOR_ID,
            HelperId.GET_NUMA_NODE_ID);

    private record Computed(Instruction instruction, Block block) {}

    @Override
    public boolean run(Function function) {
        ControlFlow flow = ControlFlow.of(function);
        Search search = new Search(new Dominators(flow), new ForgottenNumbers(function));
        flow.order().forEach(search::visit);
        return search.substitution.applyTo(function);
    }

    /** Goes through the blocks, each behind those that dominate it. */
    private static final class Search {
        private final Map<Operation, List<Computed>> computed = new HashMap<>();
        private final Substitution substitution = new Substitution();
        private final Dominators dominators;
        private final ForgottenNumbers forgotten;

        Search(Dominators dominators, ForgottenNumbers forgotten) {
            this.dominators = dominators;
            this.forgotten = forgotten;
        }

        void visit(Block block) {
            block.instructions().removeIf(instruction -> isKnown(instruction, block));
        }

        private boolean isKnown(Instruction instruction, Block block) {
            Operation operation = instruction.operation();
            if (!operation.isPure() && !isSteady(operation)) {
                return false;
            }
            Operation canonical = operation.withOperands(substitution.of(operation.operands()));
            Optional<Instruction> known = find(canonical, block).or(() -> find(exchanged(canonical), block));
            if (known.isPresent()) {
                substitution.put(instruction, known.get());
                return true;
            }
            computed.computeIfAbsent(canonical, op -> new ArrayList<>()).add(new Computed(instruction, block));
            return false;
        }

        private Optional<Instruction> find(Operation operation, Block block) {
            return computed.getOrDefault(operation, List.of()).stream()
                    .filter(c -> dominators.dominates(c.block(), block))
                    .filter(c -> !forgotten.isForgotten(c.instruction(), block))
                    .map(Computed::instruction)
                    .findFirst();
        }

        private static Operation exchanged(Operation operation) {
            return operation instanceof Binary binary && binary.operator().isCommutative()
                    ? new Binary(binary.operator(), binary.right(), binary.left())
                    : operation;
        }
    }

    /** True for what a helper says of who the program runs for: that does not change while it runs. */
    private static boolean isSteady(Operation operation) {
        return operation instanceof Operation.CallHelper call
                && call.arguments().isEmpty()
                && STEADY_HELPERS.contains(call.helper());
    }

    static boolean isCall(Operation operation) {
        return operation instanceof Operation.CallHelper
                || operation instanceof Operation.CallKernelFunction
                || operation instanceof Operation.CallFunction;
    }
}
