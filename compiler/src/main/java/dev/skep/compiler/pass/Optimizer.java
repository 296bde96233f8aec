package dev.skep.compiler.pass;

import dev.skep.compiler.code.Target;
import dev.skep.compiler.ir.Function;
import dev.skep.object.instruction.CpuVersion;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes functions shorter and faster, and fit for BPF: calls with more than five arguments, and those that pass pointers to the caller's
 * frame, are gone afterwards.
 */
public final class Optimizer {
    /** Each round may uncover work for the next; after so many what is left is not worth the time. */
    private static final int ROUNDS = 20;

    private static final List<Pass> PASSES = List.of(
            new UnreachableBlocks(),
            new TrivialParameters(),
            new Straightening(),
            new BlockMerging(),
            new Simplification(),
            new BranchFolding(),
            new JumpThreading(),
            new StackPromotion(),
            new LoadForwarding(),
            new CommonSubexpressions(),
            new StrengthReduction(),
            new ExtensionRemoval(),
            new ExtendingLoads(),
            new RangePropagation(),
            new DeadStores(),
            new OverwrittenStores(),
            new DeadCode());

    /** Loops are worked on when all else is as simple as it gets; what that leaves behind is simplified once more. */
    private static final List<Pass> LOOP_PASSES = List.of(
            new AddressSplitting(),
            new Simplification(),
            new CommonSubexpressions(),
            new DeadCode(),
            new LoopInvariants(),
            new CounterAddresses());

    private Optimizer() {}

    /** All passes, each of which may be run at any time and as often as one likes. */
    static List<Pass> passes() {
        Stream<Pass> once = Stream.of(new LoopSeparation(), new IfConversion());
        return Stream.concat(PASSES.stream(), Stream.concat(once, LOOP_PASSES.stream()))
                .toList();
    }

    /**
     * Optimizes functions in place.
     *
     * @param functions all of a unit
     * @return those that are still needed: programs, what is verified on its own, and what they call
     * @throws dev.skep.object.InputException naming the place if a function calls itself, be it by way of others, or if a loop over a
     *     map cannot be had
     */
    public static List<Function> optimize(List<Function> functions, Target target) {
        LimitedLoops.make(functions, target);
        List<Function> needed = needed(EntryLoops.takeOut(functions, target));
        CallGraph calls = new CallGraph(needed);
        Inlining inlining = new Inlining(calls);
        for (Function function : calls.calleesFirst()) {
            new EntryBlock().run(function);
            inlining.run(function);
            optimize(function, target);
        }
        return needed(needed);
    }

    private static List<Function> needed(List<Function> functions) {
        List<Function> roots = functions.stream()
                .filter(f -> f.linkage() == Function.Linkage.PROGRAM || f.linkage() == Function.Linkage.GLOBAL)
                .toList();
        return new CallGraph(functions).reachableFrom(roots);
    }

    private static void optimize(Function function, Target target) {
        repeat(function);
        if (new LoopSeparation().run(function)) {
            repeat(function);
        }
        boolean changed = false;
        for (Pass pass : LOOP_PASSES) {
            changed |= pass.run(function);
        }
        if (changed) {
            repeat(function);
        }
        // Shifts of 32 bits take several instructions before v3.
        if (target.instructionSet().compareTo(CpuVersion.V3) >= 0 && new IfConversion().run(function)) {
            repeat(function);
        }
        if (target.instructionSet().compareTo(CpuVersion.V4) < 0) {
            SignedLoads.split(function);
        }
        LoopStarts.hide(function);
        HiddenZeros.make(function);
        LocalAddresses.make(function);
    }

    private static void repeat(Function function) {
        int idle = 0; // passes, one after the other, that found nothing to do
        for (int i = 0; idle < PASSES.size() && i < ROUNDS * PASSES.size(); i++) {
            boolean changed = PASSES.get(i % PASSES.size()).run(function);
            idle = changed ? 0 : idle + 1;
        }
    }
}
