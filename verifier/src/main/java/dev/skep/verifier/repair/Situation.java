package dev.skep.verifier.repair;

import dev.skep.object.BpfObject;
import dev.skep.object.image.ProgramImage;
import dev.skep.object.instruction.Instruction;
import dev.skep.verifier.HistoryEntry;
import dev.skep.verifier.Place;
import dev.skep.verifier.Rejection;
import dev.skep.verifier.explain.Evidence;
import dev.skep.verifier.explain.KnownValue;
import dev.skep.verifier.explain.Operation;
import dev.skep.verifier.explain.Source;
import dev.skep.verifier.explain.Trace;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.kernel.ProgramKind;
import dev.skep.verifier.program.ProgramCode;
import java.util.Optional;
import java.util.function.Predicate;

/** A rejection together with the program it is about: what repairs are thought out from. */
final class Situation {
    private static final int GENERAL_REGISTERS = 10;

    private final Rejection rejection;
    private final ProgramCode code;
    private final KernelModel kernel;
    private final Source source;
    private final Evidence evidence;
    private final SourceEdits edits;

    Situation(BpfObject object, ProgramImage image, KernelModel kernel, Rejection rejection) {
        this.rejection = rejection;
        this.kernel = kernel;
        code = new ProgramCode(object, image);
        source = Source.of(object, image);
        evidence = Evidence.of(rejection, source);
        edits = new SourceEdits(source.lines());
    }

    Rejection rejection() {
        return rejection;
    }

    Evidence evidence() {
        return evidence;
    }

    Trace trace() {
        return evidence.trace();
    }

    ProgramCode code() {
        return code;
    }

    KernelModel kernel() {
        return kernel;
    }

    Source source() {
        return source;
    }

    SourceEdits edits() {
        return edits;
    }

    ProgramKind program() {
        return ProgramKind.of(code.spec());
    }

    /** The failing instruction's place. */
    Place place() {
        return rejection.place();
    }

    /** Slot of the failing instruction. */
    int slot() {
        return place().instruction();
    }

    /** The failing instruction; empty if the program fails as a whole. */
    Optional<Instruction> failing() {
        return code.startsAt(slot()) && trace().size() > 0 ? Optional.of(code.at(slot())) : Optional.empty();
    }

    /** What a register holds before the failing instruction. */
    KnownValue register(int number) {
        return trace().register(evidence.end(), number);
    }

    SafeReturn safeReturn() {
        return SafeReturn.of(source, kernel, program(), place());
    }

    /** Where the failing frame has a value of some kind at the failing instruction. */
    Optional<ValueHome> find(Predicate<KnownValue> wanted) {
        for (int register = 0; register < GENERAL_REGISTERS; register++) {
            if (wanted.test(register(register))) {
                return Optional.of(new ValueHome.Register(register));
            }
        }
        return trace().step(evidence.end()).state().keySet().stream()
                .filter(name -> name.startsWith("fp-"))
                .map(name -> Integer.parseInt(name.substring(2)))
                .filter(offset -> wanted.test(trace().stack(evidence.end(), offset)))
                .findFirst()
                .map(ValueHome.Stack::new);
    }

    /** A check of the number at fault is there, but of another copy, or its result got lost: another one may share its fate. */
    boolean mayLoseChecks() {
        return evidence.loss().isPresent()
                || !evidence.copies().isEmpty()
                || isResultOfFunction()
                || evidence.chain().links().stream()
                        .anyMatch(link -> link.event() == HistoryEntry.Event.CHECKED
                                || link.text().contains("32-bit copy"));
    }

    /** Compilers know more of what a function of the program returns than the verifier, and drop checks of it. */
    private boolean isResultOfFunction() {
        return evidence.chain().origin().stream()
                .anyMatch(link -> trace().operation(link.index()) instanceof Operation.Call(String _, boolean internal)
                        && internal);
    }

    /** Where the context can be had. */
    ValueHome context() {
        return find(value -> value.kind().equals("ctx") && value.fixedOffset() == 0)
                .orElseGet(ValueHome.FirstArgument::new);
    }
}
