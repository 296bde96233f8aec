package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Operation.GlobalAddress;
import dev.skep.compiler.ir.Operation.Relocated;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes addresses of globals and relocated numbers anew in each block that uses them, and after each call: it costs one instruction, and
 * a register that outlives blocks and calls is worth more. In a loop that calls nothing and has registers left, an address that accesses
 * go to directly is made before it.
 *
 * <p>Run last: before, there is one of each, so that other passes see what is the same.
 */
final class LocalAddresses {
    private final Function function;
    private final Loops loops;
    private final Map<Loops.Loop, Integer> free = new HashMap<>();
    private final Map<Loops.Loop, Map<Operation, Instruction>> outside = new HashMap<>();

    private LocalAddresses(Function function) {
        this.function = function;
        loops = Loops.withBlocksBefore(function, loop -> !loop.calls() && accessesDirectly(loop));
    }

    static void make(Function function) {
        boolean isUsed = function.blocks().stream()
                .flatMap(block -> block.instructions().stream())
                .anyMatch(LocalAddresses::isMadeAnew);
        if (isUsed) {
            LocalAddresses addresses = new LocalAddresses(function);
            for (Block block : List.copyOf(function.blocks())) {
                addresses.visit(block);
            }
            new DeadCode().run(function);
        }
    }

    private static boolean isMadeAnew(Value value) {
        return value instanceof Instruction i
                && (i.operation() instanceof GlobalAddress || i.operation() instanceof Relocated);
    }

    private void visit(Block block) {
        Map<Operation, Instruction> made = new HashMap<>();
        List<Instruction> result = new ArrayList<>();
        Optional<Loops.Loop> loop = loops.around(block).filter(around -> !around.calls());
        for (Instruction instruction : block.instructions()) {
            Operation operation = instruction.operation();
            List<Value> operands = new ArrayList<>();
            for (int i = 0; i < operation.operands().size(); i++) {
                Value operand = operation.operands().get(i);
                operands.add(
                        isMadeAnew(operand)
                                ? of(
                                        (Instruction) operand,
                                        i == 0 && isAccess(operation) ? loop : Optional.empty(),
                                        made,
                                        result)
                                : operand);
            }
            if (!operands.equals(operation.operands())) {
                instruction.replace(operation.withOperands(operands));
            }
            result.add(instruction);
            if (CommonSubexpressions.isCall(operation)) {
                made.clear();
            }
        }
        Substitution atEnd = new Substitution();
        Terminator end = block.terminator();
        List<Value> used = new ArrayList<>(end.operands());
        end.edges().forEach(edge -> used.addAll(edge.arguments()));
        used.stream()
                .distinct()
                .filter(LocalAddresses::isMadeAnew)
                .forEach(value -> atEnd.put(value, of((Instruction) value, Optional.empty(), made, result)));
        block.terminate(atEnd.of(end));
        block.instructions().clear();
        block.instructions().addAll(result);
    }

    private static boolean accessesDirectly(Loops.Loop loop) {
        return loop.operations()
                .anyMatch(operation ->
                        isAccess(operation) && isMadeAnew(operation.operands().getFirst()));
    }

    private static boolean isAccess(Operation operation) {
        return operation instanceof Operation.Load || operation instanceof Operation.Store;
    }

    /** @param loop that it is used in directly by an access @param result where it is made otherwise */
    private Instruction of(
            Instruction original,
            Optional<Loops.Loop> loop,
            Map<Operation, Instruction> made,
            List<Instruction> result) {
        Operation operation = original.operation();
        Instruction known = made.get(operation);
        if (known == null) {
            known = loop.flatMap(around -> outside(original, around))
                    .orElseGet(() -> added(operation, original.position(), result));
            made.put(operation, known);
        }
        return known;
    }

    private static Instruction added(Operation operation, Position position, List<Instruction> result) {
        Instruction instruction = new Instruction(operation, position);
        result.add(instruction);
        return instruction;
    }

    private Optional<Instruction> outside(Instruction original, Loops.Loop loop) {
        Map<Operation, Instruction> there = outside.computeIfAbsent(loop, l -> new HashMap<>());
        int left = free.computeIfAbsent(loop, LoopRegisters::free);
        Optional<Block> before = Loops.before(loop, function);
        if (!there.containsKey(original.operation()) && left > 0 && before.isPresent()) {
            free.put(loop, left - 1);
            there.put(original.operation(), Loops.append(before.get(), original.operation(), original.position()));
        }
        return Optional.ofNullable(there.get(original.operation()));
    }
}
