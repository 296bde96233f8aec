package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.BlockParameter;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Operation.StackAddress;
import dev.skep.compiler.ir.StackSlot;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Value;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which slots of the frame a loop shares with what is around it, or keeps from round to round, as it is when this is made. All others
 * that it uses are made, filled and forgotten in a round: front ends write a slot before they read it wherever they take its address.
 */
final class SharedSlots {
    private final Function function;
    private final Set<Block> blocks;

    private SharedSlots(Function function, Set<Block> blocks) {
        this.function = function;
        this.blocks = blocks;
    }

    /** Those whose address is taken in {@code blocks} of {@code function}, and that are not for these alone. */
    static Set<StackSlot> of(Function function, Set<Block> blocks) {
        SharedSlots shared = new SharedSlots(function, blocks);
        Set<StackSlot> slots = new LinkedHashSet<>();
        blocks.forEach(block -> block.instructions().forEach(instruction -> {
            if (instruction.operation() instanceof StackAddress address && shared.isShared(address.slot())) {
                slots.add(address.slot());
            }
        }));
        return slots;
    }

    /** True for what makes an address of another one. */
    static boolean isDerived(Operation operation) {
        return operation instanceof Operation.PointerAdd || operation instanceof Operation.Reinterpret;
    }

    /** True if {@code blocks} may change what is at an address, or near it. */
    static boolean isWritten(Value address, Set<Block> blocks) {
        Set<Value> addresses = new HashSet<>(Set.of(address));
        int before = 0;
        while (addresses.size() > before) {
            before = addresses.size();
            for (Block block : blocks) {
                for (Instruction instruction : block.instructions()) {
                    Operation operation = instruction.operation();
                    if (operation.operands().stream().noneMatch(addresses::contains)) {
                        continue;
                    }
                    if (isDerived(operation)) {
                        addresses.add(instruction);
                    } else if (!(operation instanceof Operation.Load)) {
                        return true;
                    }
                }
                block.terminator().edges().forEach(edge -> pass(edge, addresses));
            }
        }
        return false;
    }

    /** Parameters that are addresses because an argument is one. @return whether there are any */
    private static boolean pass(Edge edge, Set<Value> addresses) {
        List<BlockParameter> parameters = edge.target().parameters();
        boolean any = false;
        for (int i = 0; i < parameters.size(); i++) {
            if (addresses.contains(edge.arguments().get(i))) {
                addresses.add(parameters.get(i));
                any = true;
            }
        }
        return any;
    }

    private boolean isShared(StackSlot slot) {
        Set<Value> addresses = new HashSet<>();
        boolean shared = false;
        int before = -1;
        while (!shared && addresses.size() > before) {
            before = addresses.size();
            for (Block block : function.blocks()) {
                shared |= isShared(block, slot, addresses);
            }
        }
        return shared;
    }

    private boolean isShared(Block block, StackSlot slot, Set<Value> addresses) {
        boolean shared = false;
        for (Instruction instruction : block.instructions()) {
            Operation operation = instruction.operation();
            boolean isAddress = operation instanceof StackAddress address && address.slot() == slot;
            boolean uses = operation.operands().stream().anyMatch(addresses::contains);
            shared |= (isAddress || uses) && !blocks.contains(block);
            shared |= uses && isKept(operation, addresses);
            if (isAddress || (uses && isDerived(operation))) {
                addresses.add(instruction);
            }
        }
        Terminator end = block.terminator();
        shared |= end instanceof Terminator.Return && end.operands().stream().anyMatch(addresses::contains);
        for (Edge edge : end.edges()) {
            shared |= pass(edge, addresses) && !blocks.contains(edge.target());
        }
        return shared;
    }

    /** True if an address may be found in memory, or come out of a call, later on. */
    private static boolean isKept(Operation operation, Set<Value> addresses) {
        return switch (operation) {
            case Operation.Store store -> addresses.contains(store.value());
            case Operation.Atomic atomic -> addresses.contains(atomic.value());
            case Operation.CompareAndExchange exchange -> addresses.contains(exchange.replacement());
            case Operation.CallFunction call -> true;
            case Operation.CallKernelFunction call -> true;
            default -> false;
        };
    }
}
