package dev.skep.cli.verify;

import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.program.ProgramSpec;
import dev.skep.verifier.Rejection;
import dev.skep.verifier.log.KernelLog;
import dev.skep.verifier.log.LogExplainer;
import java.util.Optional;

/** What the running kernel's verifier meant when it refused a program. */
public final class KernelRefusal {
    private KernelRefusal() {}

    /**
     * Explains as {@code skep explain LOG --object FILE} does.
     *
     * @param log what the verifier wrote
     * @param object that was loaded
     * @param program of it that was refused
     * @return empty if the log tells of no rejection: something else of the system refused
     */
    public static Optional<Rejection> explain(String log, BpfObject object, ProgramSpec program) {
        return KernelLog.read(log).stream()
                .map(read -> explain(read, object, program))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Rejection> explain(KernelLog log, BpfObject object, ProgramSpec program) {
        try {
            return LogExplainer.explain(
                    log, object, object.program(program.name()).orElse(program));
        } catch (InputException onlyThatMachineCanPutItTogether) { // say, a replaced function of another program
            return LogExplainer.explain(log);
        }
    }
}
