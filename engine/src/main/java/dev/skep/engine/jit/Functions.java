package dev.skep.engine.jit;

import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The functions of a program, and which of them count instructions: those with loops, those too expensive to count at once, and
 * those that call such. The others have a fixed cost, which their callers count.
 */
final class Functions {
    /** A function's method: the CPU, r1 to r5 and r10 to r0. */
    static final MethodTypeDesc TYPE = MethodTypeDesc.ofDescriptor("(Ldev/skep/engine/interpreter/LogicalCpu;JJJJJJ)J");

    /** More than that is not counted in one step. */
    private static final long COST_LIMIT = 10_000;

    /**
     * What a call goes to.
     *
     * @param number of the function
     * @param metered whether it counts its instructions itself
     * @param cost what it costs if it does not
     * @param isLocal whether its method is in the class that calls it
     */
    record Target(int number, boolean metered, long cost, boolean isLocal, ClassDesc owner, String method) {}

    private final Flow flow;
    private final List<int[]> blocks = new ArrayList<>();
    private final boolean[] metered;
    private final long[] cost;

    private Functions(Flow flow, List<int[]> reachable) {
        this.flow = flow;
        int count = flow.functions.size();
        blocks.addAll(reachable);
        metered = new boolean[count];
        cost = new long[count];
        Arrays.fill(metered, true);
        settleCosts();
    }

    /**
     * The functions of a program.
     *
     * @param mostOperations how many they may have together: functions that share code have a copy each
     * @return empty if they have more
     */
    static Optional<Functions> of(Flow flow, long mostOperations) {
        List<int[]> reachable = new ArrayList<>();
        long operations = 0;
        for (int entry : flow.functions) {
            int[] function = flow.reachable(entry);
            for (int block : function) {
                operations += flow.blocks.get(block).length();
            }
            if (operations > mostOperations) {
                return Optional.empty();
            }
            reachable.add(function);
        }
        return Optional.of(new Functions(flow, reachable));
    }

    int count() {
        return blocks.size();
    }

    /** The blocks of a function, in program order. */
    int[] blocks(int function) {
        return blocks.get(function);
    }

    boolean isMetered(int function) {
        return metered[function];
    }

    long cost(int function) {
        return cost[function];
    }

    /** From functions that call none upward; what is never reached calls itself. */
    private void settleCosts() {
        List<List<Integer>> callers = new ArrayList<>();
        List<List<Integer>> callees = new ArrayList<>();
        for (int function = 0; function < count(); function++) {
            callers.add(new ArrayList<>());
        }
        int[] open = new int[count()];
        ArrayDeque<Integer> ready = new ArrayDeque<>();
        for (int function = 0; function < count(); function++) {
            List<Integer> called = callees(function);
            callees.add(called);
            open[function] = called.size();
            for (int callee : called) {
                callers.get(callee).add(function);
            }
            if (called.isEmpty()) {
                ready.add(function);
            }
        }
        while (!ready.isEmpty()) {
            int function = ready.remove();
            long total = ownCost(function);
            boolean counts = total < 0;
            for (int callee : callees.get(function)) {
                counts |= metered[callee];
                total += cost[callee];
            }
            metered[function] = counts || total > COST_LIMIT;
            cost[function] = metered[function] ? 0 : total;
            for (int caller : callers.get(function)) {
                if (--open[caller] == 0) {
                    ready.add(caller);
                }
            }
        }
    }

    private List<Integer> callees(int function) {
        List<Integer> callees = new ArrayList<>();
        for (int block : blocks.get(function)) {
            for (int i = flow.blocks.get(block).first();
                    i < flow.blocks.get(block).end();
                    i++) {
                if (flow.operations[i] instanceof Operation.CallFunction call) {
                    callees.add(flow.functionAt(call.entry()));
                }
            }
        }
        return callees;
    }

    /** The number of operations, or -1 if that is no limit to what is executed. */
    private long ownCost(int function) {
        long total = 0;
        for (int block : blocks.get(function)) {
            Block code = flow.blocks.get(block);
            for (int successor : code.successors()) {
                if (successor <= block) {
                    return -1;
                }
            }
            for (int i = code.first(); i < code.end(); i++) {
                boolean unknown = switch (flow.operations[i]) {
                    case Operation.CallHelper call -> Bindings.mayCallBack(call.number());
                    case Operation.CallRegister ignored -> true;
                    case Operation.TailCall ignored -> true;
                    default -> false;
                };
                if (unknown) {
                    return -1;
                }
            }
            total += code.length();
        }
        return total;
    }
}
