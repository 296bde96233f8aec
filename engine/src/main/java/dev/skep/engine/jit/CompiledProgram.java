package dev.skep.engine.jit;

import dev.skep.engine.interpreter.CallStackLimits;
import dev.skep.engine.interpreter.LogicalCpu;
import dev.skep.engine.interpreter.Translation;
import dev.skep.engine.map.EngineMap;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.stream.IntStream;

/** A program as generated classes. */
final class CompiledProgram implements Translation {
    private final int[] functionOfSlot;
    /** The maps it is bound to. */
    private final Set<EngineMap> maps = Collections.newSetFromMap(new IdentityHashMap<>());

    private GeneratedCode[] functions = {};
    /** By function: where it starts if it was split, else -1. */
    private int[] starts = {};

    private GeneratedCode[] parts = {};
    /** By function: what it costs if it does not count itself. */
    private long[] costs = {};

    CompiledProgram(int slots) {
        functionOfSlot = new int[slots];
        Arrays.fill(functionOfSlot, -1);
    }

    /** Comes before the first call. */
    void define(
            Flow flow,
            Functions all,
            GeneratedCode[] functionClasses,
            int[] functionStarts,
            GeneratedCode[] partClasses) {
        costs = IntStream.range(0, all.count()).mapToLong(all::cost).toArray();
        functions = functionClasses;
        starts = functionStarts;
        parts = partClasses;
        for (int function = 0; function < flow.functions.size(); function++) {
            int first = flow.blocks.get(flow.functions.get(function)).first();
            functionOfSlot[flow.slots[first]] = function;
        }
    }

    /** Has a map live as long as the program. @return false if it is gone already */
    boolean keeps(EngineMap map) {
        return maps.contains(map) || (map.addOwner() && maps.add(map));
    }

    @Override
    public void close() {
        maps.forEach(EngineMap::dropOwner);
        maps.clear();
    }

    @Override
    public long run(int slot, LogicalCpu cpu, long r1, long r2, long r3, long r4, long r5, long frame) {
        int function = functionOfSlot[slot];
        cpu.remaining(cpu.remaining() - costs[function]);
        return call(function, cpu, r1, r2, r3, r4, r5, frame);
    }

    long call(int function, LogicalCpu cpu, long r1, long r2, long r3, long r4, long r5, long frame) {
        return starts[function] < 0
                ? functions[function].call(function, cpu, r1, r2, r3, r4, r5, frame)
                : callSplit(starts[function], cpu, r1, r2, r3, r4, r5, frame);
    }

    private long callSplit(int start, LogicalCpu cpu, long r1, long r2, long r3, long r4, long r5, long frame) {
        long[] state = cpu.borrowState();
        Arrays.fill(state, 0);
        state[1] = r1;
        state[2] = r2;
        state[3] = r3;
        state[4] = r4;
        state[5] = r5;
        state[Operation.FRAME_POINTER] = frame;
        state[SplitState.MAY_GOTO] = CallStackLimits.MAY_GOTO;
        int place = start;
        while (place != SplitState.ENDED) {
            int part = SplitState.part(place);
            place = parts[part].step(part, SplitState.entry(place), cpu, state);
        }
        cpu.returnState();
        return state[0];
    }
}
