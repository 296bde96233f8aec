package dev.skep.linux.load;

import dev.skep.object.host.Errno;
import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.ProgramSpec;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Why the kernel did not take a program.
 *
 * @param errno what bpf(2) returned
 * @param log what the verifier wrote; empty if it was not reached, or nobody asked for it
 * @param instruction where the verifier stopped, in slots from the program's start
 * @param line the source line of that instruction
 * @param likelyCause what this machine's state speaks for, "" if the log says enough
 */
public record Rejection(
        ProgramSpec program,
        Errno errno,
        VerifierLog log,
        OptionalInt instruction,
        Optional<FunctionSpec.Line> line,
        String likelyCause) {

    /** One line: the verifier's reason and where, or else the error and its likely cause. */
    public String summary() {
        String reason = log.reason();
        String what = reason.isEmpty() ? errno.meaning() : reason;
        String where = line.map(l -> " (" + l.file() + ":" + l.line() + ")")
                .orElseGet(() -> instruction.isPresent() ? " (instruction " + instruction.getAsInt() + ")" : "");
        return what + where + (likelyCause.isEmpty() ? "" : "; " + likelyCause);
    }
}
