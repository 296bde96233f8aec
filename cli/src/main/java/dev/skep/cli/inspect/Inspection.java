package dev.skep.cli.inspect;

import dev.skep.object.BpfObject;
import dev.skep.object.core.CoreOutcome;
import dev.skep.object.core.CoreRelocator;
import dev.skep.object.core.CoreTarget;
import dev.skep.object.elf.ElfFile;
import dev.skep.object.image.ProgramImage;
import dev.skep.object.image.ProgramImageBuilder;
import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.ProgramSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything {@code skep inspect} shows of an object.
 *
 * @param elf the file's sections
 * @param object what they mean
 * @param target what CO-RE relocations were resolved against, if there was anything
 * @param outcomes what became of them; empty without a target
 */
record Inspection(ElfFile elf, BpfObject object, Optional<CoreTarget> target, List<Outcome> outcomes) {

    /** What became of a relocation in a function. */
    record Outcome(FunctionSpec function, CoreOutcome result) {}

    /** How a relocation is spoken of. */
    enum Status {
        RESOLVED,
        ABSENT,
        POISONED,
        AMBIGUOUS,
        INVALID;

        static Status of(CoreOutcome outcome) {
            return switch (outcome) {
                case CoreOutcome.Resolved _ -> RESOLVED;
                case CoreOutcome.Absent _ -> ABSENT;
                case CoreOutcome.Poisoned _ -> POISONED;
                case CoreOutcome.Ambiguous _ -> AMBIGUOUS;
                case CoreOutcome.Invalid _ -> INVALID;
            };
        }
    }

    static Inspection of(ElfFile elf, BpfObject object, Optional<CoreTarget> target) {
        List<Outcome> outcomes = new ArrayList<>();
        target.ifPresent(types -> {
            CoreRelocator relocator = CoreRelocator.of(object, List.of(types));
            for (FunctionSpec function : object.functions()) {
                relocator.outcomes(function).forEach(outcome -> outcomes.add(new Outcome(function, outcome)));
            }
        });
        return new Inspection(elf, object, target, outcomes);
    }

    /** The number of CO-RE relocations, resolved or not. */
    int relocationCount() {
        return object.functions().stream()
                .mapToInt(f -> f.coreRelocations().size())
                .sum();
    }

    /** The program with all it calls, as a loader would put it together. */
    ProgramImage image(ProgramSpec program) {
        return ProgramImageBuilder.build(object, program);
    }
}
