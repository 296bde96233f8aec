package dev.skep.cli.load;

import dev.skep.cli.ExitCode;
import dev.skep.cli.verify.KernelRefusal;
import dev.skep.linux.info.ProgramInfo;
import dev.skep.linux.load.ProgramOutcome;
import dev.skep.object.BpfObject;
import dev.skep.object.program.ProgramType;
import dev.skep.verifier.Rejection;
import java.util.Optional;

/**
 * What became of one program.
 *
 * @param tag the kernel's, if it was loaded @param instructions as the verifier left them, 0 if it was not loaded
 * @param error why it was not loaded, in a line @param log what the verifier wrote, "" if nothing
 * @param rejection what that means, if it was the verifier that refused it
 * @param exitCode the one of {@link ExitCode} that tells the same
 */
record ProgramReport(
        String object,
        String program,
        ProgramType type,
        Optional<String> tag,
        int instructions,
        Optional<String> error,
        String log,
        Optional<Rejection> rejection,
        int exitCode) {
    private static final int INSTRUCTION_SIZE = 8;

    /** Empty for a program that nobody asked for. */
    static Optional<ProgramReport> of(String object, BpfObject read, ProgramOutcome outcome) {
        return switch (outcome) {
            case ProgramOutcome.Loaded loaded -> Optional.of(loaded(object, loaded));
            case ProgramOutcome.Rejected rejected -> Optional.of(rejected(object, read, rejected));
            case ProgramOutcome.Unusable unusable ->
                Optional.of(failed(
                        object,
                        unusable.spec().name(),
                        unusable.spec().type(),
                        String.valueOf(unusable.failure().getMessage()),
                        ExitCode.of(unusable.failure())));
            case ProgramOutcome.NotWanted _ -> Optional.empty();
        };
    }

    private static ProgramReport loaded(String object, ProgramOutcome.Loaded loaded) {
        ProgramInfo info = loaded.program().info();
        return new ProgramReport(
                object,
                loaded.spec().name(),
                loaded.spec().type(),
                Optional.of(info.tag().toString()),
                info.translatedLength() / INSTRUCTION_SIZE,
                Optional.empty(),
                "",
                Optional.empty(),
                ExitCode.OK);
    }

    private static ProgramReport rejected(String object, BpfObject read, ProgramOutcome.Rejected rejected) {
        dev.skep.linux.load.Rejection refusal = rejected.rejection();
        String log = refusal.log().text();
        return new ProgramReport(
                object,
                rejected.spec().name(),
                rejected.spec().type(),
                Optional.empty(),
                0,
                Optional.of(refusal.errno() + ": " + refusal.summary()),
                log,
                KernelRefusal.explain(log, read, rejected.spec()),
                ExitCode.of(refusal));
    }

    /** For a program that did not get into the kernel, or an object that could not be read: then the name is "". */
    static ProgramReport failed(String object, String program, ProgramType type, String error, int exitCode) {
        return new ProgramReport(
                object, program, type, Optional.empty(), 0, Optional.of(error), "", Optional.empty(), exitCode);
    }

    boolean isLoaded() {
        return error.isEmpty();
    }
}
