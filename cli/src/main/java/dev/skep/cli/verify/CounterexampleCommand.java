package dev.skep.cli.verify;

import dev.skep.cli.input.InputFile;
import dev.skep.verifier.Counterexample;
import dev.skep.verifier.ProgramVerdict;
import java.util.Optional;
import java.util.regex.Pattern;

/** The command that runs a program into its counterexample once more. */
public final class CounterexampleCommand {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./@%+=:,-]+");

    private CounterexampleCommand() {}

    /**
     * The command, ready for a shell; empty if there is no counterexample, or it is more than a packet.
     *
     * @param object the file the program is in
     */
    public static Optional<String> of(InputFile object, ProgramVerdict verdict) {
        return verdict instanceof ProgramVerdict.Rejected rejected && !object.isStandardInput()
                ? rejected.rejection()
                        .counterexample()
                        .filter(Counterexample::isPacketAlone)
                        .flatMap(Counterexample::packet)
                        .map(packet -> "skep run " + quoted(object.name()) + " --prog " + quoted(verdict.program())
                                + " --packet " + quoted(packet.toString()) + " --no-verify")
                : Optional.empty();
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
