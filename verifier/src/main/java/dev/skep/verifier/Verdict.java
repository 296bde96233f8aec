package dev.skep.verifier;

import dev.skep.object.KernelVersion;
import java.util.List;
import java.util.Optional;

/**
 * What the verifier says about an object.
 *
 * @param object the object's name
 * @param kernel the kernel it was verified for
 * @param programs a verdict for each program, in the object's order
 */
public record Verdict(String object, KernelVersion kernel, List<ProgramVerdict> programs) {
    public Verdict {
        programs = List.copyOf(programs);
    }

    /** True if every program is accepted. */
    public boolean isAccepted() {
        return programs.stream().allMatch(ProgramVerdict::isAccepted);
    }

    /** The verdict on the program with this name. */
    public Optional<ProgramVerdict> program(String name) {
        return programs.stream().filter(p -> p.program().equals(name)).findFirst();
    }
}
