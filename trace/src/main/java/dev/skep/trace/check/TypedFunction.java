package dev.skep.trace.check;

import dev.skep.trace.plan.ProbeTarget;
import dev.skep.trace.tree.Script;
import java.util.List;
import java.util.Optional;

/**
 * A function of a script ({@code fn}), whose types are checked. No program can call it yet.
 *
 * @param program its body, as if a probe had it
 */
record TypedFunction(Script.Function function, TypedProgram program) {
    TypedFunction(Script.Function function) {
        this(function, program(function));
    }

    private static TypedProgram program(Script.Function function) {
        Script.AttachPoint nowhere = new Script.AttachPoint(function.span(), Optional.empty(), List.of());
        Attachment attachment = new Attachment("fn", ProbeKind.BEGIN, new ProbeTarget.Begin(), nowhere);
        return new TypedProgram(
                attachment, new Script.Probe(function.span(), List.of(), Optional.empty(), function.body()));
    }
}
