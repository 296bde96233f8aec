package dev.skep.cli.verify;

import dev.skep.verifier.kernel.Capability;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Who will load the program: root unless said otherwise. */
final class LoaderChoice {
    @Spec(Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--unprivileged",
            description =
                    "By the rules for ordinary users, who have no capability (where the kernel lets them use bpf(2)).")
    private boolean unprivileged;

    @Option(
            names = "--capabilities",
            paramLabel = "NAME",
            split = ",",
            description = "By the rules for who has only these: bpf, perfmon, net_admin. Without: all, as root.")
    private @Nullable List<Capability> only;

    /**
     * What the loader has.
     *
     * @throws ParameterException if that is said in two ways
     */
    Set<Capability> capabilities() {
        if (unprivileged && only != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--unprivileged means no capabilities, so that --capabilities cannot be given too");
        }
        if (unprivileged) {
            return Set.of();
        }
        return only == null ? Capability.ALL : Set.copyOf(only);
    }
}
