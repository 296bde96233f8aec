package dev.skep.compiler.java;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.BlockParameter;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds objects that are needed when the {@code new} that made them makes the next one: it has one place in the frame, so both would be
 * the same object. Only what a block is handed can refer to the object of a round before, since the address itself is made anew.
 */
final class ReusedPlaces {
    /**
     * Where a value is used.
     *
     * @param address that is computed from it; empty for all else that uses it
     * @param index of the instruction; of the end of the block that of the one behind the last
     */
    private record Use(Optional<Value> address, Block block, int index) {
        /** True if it matters, of addresses only these counting. */
        boolean matters(Set<Value> needed) {
            return address.isEmpty() || needed.contains(address.get());
        }
    }

    private final Map<Value, List<Use>> uses = new HashMap<>();
    private final Map<Block, List<Block>> predecessors = new HashMap<>();
    private final Map<Value, Block> homes = new HashMap<>();

    private ReusedPlaces(Function function) {
        for (Block block : function.blocks()) {
            block.parameters().forEach(parameter -> homes.put(parameter, block));
            int index = 0;
            for (Instruction instruction : block.instructions()) {
                homes.put(instruction, block);
                Optional<Value> address =
                        isAddress(instruction.operation()) ? Optional.of(instruction) : Optional.empty();
                for (Value operand : instruction.operation().operands()) {
                    add(operand, new Use(address, block, index));
                }
                index++;
            }
            addEnd(block);
        }
    }

    private void addEnd(Block block) {
        int index = block.instructions().size();
        block.terminator().operands().forEach(operand -> add(operand, new Use(Optional.empty(), block, index)));
        for (Edge edge : block.terminator().edges()) {
            predecessors
                    .computeIfAbsent(edge.target(), target -> new ArrayList<>())
                    .add(block);
            for (int i = 0; i < edge.arguments().size(); i++) {
                Value parameter = edge.target().parameters().get(i);
                add(edge.arguments().get(i), new Use(Optional.of(parameter), block, index));
            }
        }
    }

    private static boolean isAddress(Operation operation) {
        return operation instanceof Operation.PointerAdd || operation instanceof Operation.Reinterpret;
    }

    private void add(Value value, Use use) {
        uses.computeIfAbsent(value, v -> new ArrayList<>()).add(use);
    }

    /** Adds a finding for each place of a function that would be two at once. */
    static void find(Function function, Findings findings) {
        boolean hasPlaces = function.blocks().stream()
                .flatMap(block -> block.instructions().stream())
                .anyMatch(instruction -> instruction.operation() instanceof Operation.StackAddress);
        if (!hasPlaces || !function.blocks().stream().allMatch(Block::isTerminated)) {
            return;
        }
        ReusedPlaces places = new ReusedPlaces(function);
        for (Block block : function.blocks()) {
            for (int i = 0; i < block.instructions().size(); i++) {
                Instruction made = block.instructions().get(i);
                if (made.operation() instanceof Operation.StackAddress address
                        && places.isNeededBefore(made, block, i)) {
                    findings.add(
                            made.position().file(),
                            made.position().line(),
                            refusal(address.slot().name()));
                }
            }
        }
    }

    private static Refusal refusal(String name) {
        return new Refusal(
                "a new " + name + " in a loop",
                "it has one place on the stack, where the one of an earlier round lies, which is still used",
                "copy what is used of that into variables, a record, or an object that is made before the loop");
    }

    /** True if an address of an earlier round is used after this one. */
    private boolean isNeededBefore(Instruction made, Block block, int index) {
        Set<Value> addresses = addresses(made);
        addresses.remove(made);
        if (addresses.stream().noneMatch(BlockParameter.class::isInstance)) {
            return false;
        }
        Set<Value> needed = needed(addresses);
        return needed.stream()
                .anyMatch(address -> uses.getOrDefault(address, List.of()).stream()
                        .filter(use -> use.matters(needed))
                        .anyMatch(use -> passes(address, use, block, index)));
    }

    /** All values that may be the address, or one within what lies there. */
    private Set<Value> addresses(Instruction made) {
        Set<Value> found = new HashSet<>(Set.of(made));
        Deque<Value> toFollow = new ArrayDeque<>(found);
        while (!toFollow.isEmpty()) {
            for (Use use : uses.getOrDefault(toFollow.pop(), List.of())) {
                use.address().filter(found::add).ifPresent(toFollow::push);
            }
        }
        return found;
    }

    /** Those of them that something other than an address is computed from in the end. */
    private Set<Value> needed(Set<Value> addresses) {
        Set<Value> needed = new HashSet<>();
        boolean grew = true;
        while (grew) {
            grew = false;
            for (Value address : addresses) {
                boolean isNeeded =
                        uses.getOrDefault(address, List.of()).stream().anyMatch(use -> use.matters(needed));
                grew |= isNeeded && needed.add(address);
            }
        }
        return needed;
    }

    /** True if a way from where a value comes from to its use leads through a place. */
    private boolean passes(Value value, Use use, Block block, int index) {
        Block home = homes.get(value);
        int from = home == block && value instanceof Instruction instruction
                ? block.instructions().indexOf(instruction)
                : -1;
        if (use.block() == block && use.index() > index && (home != block || from < index)) {
            return true;
        }
        Set<Block> visited = new HashSet<>();
        Deque<Block> toVisit = new ArrayDeque<>();
        if (use.block() != home) {
            toVisit.addAll(predecessors.getOrDefault(use.block(), List.of()));
        }
        while (!toVisit.isEmpty()) {
            Block next = toVisit.pop();
            if (!visited.add(next)) {
                continue;
            }
            if (next == block && (home != block || from < index)) {
                return true;
            }
            if (next != home) {
                toVisit.addAll(predecessors.getOrDefault(next, List.of()));
            }
        }
        return false;
    }
}
