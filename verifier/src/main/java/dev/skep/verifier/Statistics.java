package dev.skep.verifier;

import dev.skep.object.KernelVersion;
import java.util.List;
import java.util.Optional;

/**
 * What verifying a program took, and what the program needs.
 *
 * @param instructionsProcessed instructions followed over all paths; the kernel's limit is 1,000,000
 * @param peakStates states kept at the same time
 * @param totalStates states kept over all
 * @param stackDepth bytes of stack of the deepest call chain; the kernel's limit is 512
 * @param functions what each function took, in the program's order
 * @param loops the loops that were followed
 * @param maps names of the maps used
 * @param helpers names of the helpers called
 * @param kernelFunctions names of the kernel functions called
 * @param requirements what it uses that not every kernel has, that which asks for the newest kernel first; empty if not known
 */
public record Statistics(
        long instructionsProcessed,
        int peakStates,
        int totalStates,
        int stackDepth,
        List<FunctionCost> functions,
        List<Loop> loops,
        List<String> maps,
        List<String> helpers,
        List<String> kernelFunctions,
        List<Requirement> requirements) {
    /** Nothing was followed. */
    public static final Statistics NONE =
            new Statistics(0, 0, 0, 0, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public Statistics {
        functions = List.copyOf(functions);
        loops = List.copyOf(loops);
        maps = List.copyOf(maps);
        helpers = List.copyOf(helpers);
        kernelFunctions = List.copyOf(kernelFunctions);
        requirements = requirements.stream().sorted(Requirement.NEWEST_FIRST).toList();
    }

    /** The oldest kernel that has all that the program uses; empty if not known. */
    public Optional<KernelVersion> oldestKernel() {
        return requirements.stream().findFirst().map(Requirement::since);
    }

    /**
     * What a function took.
     *
     * @param global true if it is verified on its own
     * @param instructionsProcessed instructions of it that were followed over all paths
     * @param stackBytes its own frame
     */
    public record FunctionCost(String name, boolean global, long instructionsProcessed, int stackBytes) {}

    /**
     * A loop.
     *
     * @param head where it begins
     * @param iterations how often its beginning was followed on one path at most; for a loop the verifier need not unroll, how
     *     often until nothing changed any more
     * @param unrolled true if each iteration was followed, so that {@code iterations} bounds what can happen at run time
     */
    public record Loop(Place head, long iterations, boolean unrolled) {}
}
