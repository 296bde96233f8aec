package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Position;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who calls whom, and whose address is taken, as it is when this is made. */
final class CallGraph {
    private final Map<Function, Map<Function, Position>> callees = new LinkedHashMap<>();
    private final Map<Function, Integer> calls = new HashMap<>();
    private final List<Function> calleesFirst = new ArrayList<>();

    /** @throws InputException naming the place of the call if functions call themselves, be it by way of others */
    CallGraph(List<Function> functions) {
        functions.forEach(function -> callees.put(function, calleesOf(function)));
        Set<Function> path = new LinkedHashSet<>();
        functions.forEach(function -> visit(function, path));
    }

    private Map<Function, Position> calleesOf(Function function) {
        Map<Function, Position> found = new LinkedHashMap<>();
        for (Block block : function.blocks()) {
            for (Instruction instruction : block.instructions()) {
                switch (instruction.operation()) {
                    case Operation.CallFunction call -> {
                        found.putIfAbsent(call.function(), instruction.position());
                        calls.merge(call.function(), 1, Integer::sum);
                    }
                    case Operation.FunctionAddress address ->
                        found.putIfAbsent(address.function(), instruction.position());
                    default -> {}
                }
            }
        }
        return found;
    }

    private void visit(Function function, Set<Function> path) {
        if (calleesFirst.contains(function)) {
            return;
        }
        path.add(function);
        callees.getOrDefault(function, Map.of()).forEach((callee, position) -> {
            if (path.contains(callee)) {
                throw recursion(function, callee, position);
            }
            visit(callee, path);
        });
        path.remove(function);
        calleesFirst.add(function);
    }

    private static InputException recursion(Function caller, Function callee, Position position) {
        String problem = caller == callee
                ? "'" + callee + "' calls itself"
                : "'" + caller + "' calls '" + callee + "', which is what called it";
        return new InputException(
                Location.in(position.toString()),
                problem + ", and BPF has no recursion: the kernel refuses such programs",
                "use a loop, with an array for what is still to be done");
    }

    /** All functions, each behind those that it calls. */
    List<Function> calleesFirst() {
        return calleesFirst;
    }

    /** In how many places {@code function} is called. */
    int calls(Function function) {
        return calls.getOrDefault(function, 0);
    }

    /** The functions that those of {@code roots} need, themselves included, in the order of the graph. */
    List<Function> reachableFrom(List<Function> roots) {
        Set<Function> reached = new LinkedHashSet<>();
        List<Function> toVisit = new ArrayList<>(roots);
        while (!toVisit.isEmpty()) {
            Function function = toVisit.removeLast();
            if (reached.add(function)) {
                toVisit.addAll(callees.getOrDefault(function, Map.of()).keySet());
            }
        }
        return callees.keySet().stream().filter(reached::contains).toList();
    }
}
