package dev.skep.trace.code;

import dev.skep.trace.check.TypedProgram;
import dev.skep.trace.plan.ProbeTarget;
import java.util.List;

/** Whether programs have to look at the gate, which keeps them from running before all probes are attached and BEGIN has run. */
final class Gate {
    private Gate() {}

    /** No gate is needed for one program that is attached in one step, with END or without. */
    static boolean isNeeded(List<TypedProgram> programs) {
        List<ProbeTarget> targets = programs.stream()
                .map(program -> program.attachment().target())
                .filter(target -> !(target instanceof ProbeTarget.End))
                .toList();
        return targets.size() != 1 || !isOneStep(targets.getFirst());
    }

    private static boolean isOneStep(ProbeTarget target) {
        return switch (target) {
            case ProbeTarget.Tracepoint _, ProbeTarget.RawTracepoint _, ProbeTarget.Fentry _ -> true;
            case ProbeTarget.Kprobe kprobe -> kprobe.functions().size() == 1;
            case ProbeTarget.Uprobe uprobe -> uprobe.symbols().size() <= 1;
            default -> false; // on each CPU, at several places, or nowhere
        };
    }
}
