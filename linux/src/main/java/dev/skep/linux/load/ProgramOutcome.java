package dev.skep.linux.load;

import dev.skep.linux.program.LinuxProgram;
import dev.skep.object.program.ProgramSpec;

/** What became of one program of an object. */
public sealed interface ProgramOutcome {
    /** The program. */
    ProgramSpec spec();

    /** It is in the kernel. @param log what the verifier said, if {@link OpenObject#logLevel} asked for it */
    record Loaded(LinuxProgram program, VerifierLog log) implements ProgramOutcome {
        @Override
        public ProgramSpec spec() {
            return program.spec();
        }
    }

    /** The kernel did not take it. */
    record Rejected(Rejection rejection) implements ProgramOutcome {
        @Override
        public ProgramSpec spec() {
            return rejection.program();
        }
    }

    /** It did not get as far as the kernel. @param failure an {@code InputException} or {@code HostException} */
    record Unusable(ProgramSpec spec, RuntimeException failure) implements ProgramOutcome {}

    /** Nobody asked for it. */
    record NotWanted(ProgramSpec spec) implements ProgramOutcome {}
}
