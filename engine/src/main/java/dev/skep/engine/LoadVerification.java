package dev.skep.engine;

import dev.skep.object.BpfObject;
import dev.skep.object.map.MapSpec;
import dev.skep.object.program.ProgramSpec;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Verifier;
import dev.skep.verifier.VerifierOptions;
import dev.skep.verifier.kernel.KernelModel;

/**
 * Lets only programs through that are safe to run unchecked. What they are verified with is what they will run with: maps of
 * their final size, constants and {@code CONFIG_} values of this load, types of this engine's kernel.
 */
final class LoadVerification {
    private final boolean needed;
    private final KernelModel kernel;
    private BpfObject settled;

    /** @param options say for which kernel, and whether at all */
    LoadVerification(BpfObject object, EngineOptions options) {
        needed = options.verifiesPrograms();
        kernel = options.kernelTypes()
                .map(types -> KernelModel.host(options.kernelVersion(), types))
                .orElseGet(() -> KernelModel.of(options.kernelVersion()));
        settled = object;
    }

    /** Takes note of a map as it is created, in place of the one the object declares by this name. */
    void settle(MapSpec map) {
        settled = settled.withMap(map);
    }

    /** @throws RejectedProgramException if the program is rejected */
    void check(ProgramSpec program) {
        if (needed
                && Verifier.verify(settled, program, kernel, VerifierOptions.DEFAULT)
                        instanceof ProgramVerdict.Rejected rejected) {
            throw new RejectedProgramException(settled.name(), rejected);
        }
    }
}
