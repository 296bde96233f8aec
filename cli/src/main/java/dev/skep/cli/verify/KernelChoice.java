package dev.skep.cli.verify;

import dev.skep.cli.input.InputFile;
import dev.skep.cli.types.KernelTypes;
import dev.skep.linux.machine.KernelRelease;
import dev.skep.object.KernelVersion;
import dev.skep.verifier.kernel.KernelModel;
import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which kernel to verify for: the running one unless another is named. */
final class KernelChoice {
    private static final KernelVersion OLDEST = KernelVersion.of("5.4");

    /** A release as {@code uname -r} prints it. */
    private static final Pattern RELEASE = Pattern.compile("^(\\d+\\.\\d+)[.-].*$");

    @Spec(Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--kernel",
            paramLabel = "VERSION",
            description =
                    "Verify for this Linux, from 5.4 on: what it does not have yet is rejected by name. Without: the running one.")
    private @Nullable String kernel;

    @Option(
            names = "--btf",
            paramLabel = "FILE",
            description =
                    "That kernel's types (its /sys/kernel/btf/vmlinux), for CO-RE, tracing programs and kernel functions.")
    private @Nullable String types;

    /**
     * The kernel.
     *
     * @throws ParameterException if there is no such version
     */
    KernelModel model() throws IOException {
        boolean typesOfThisMachine = Files.isReadable(KernelTypes.RUNNING_KERNEL);
        KernelVersion version = kernel != null
                ? version(kernel)
                : typesOfThisMachine
                        ? KernelRelease.running().version()
                        : KernelModel.newest().version();
        if (types != null) {
            return KernelModel.host(version, KernelTypes.read(new InputFile(types)));
        }
        boolean running =
                typesOfThisMachine && version.equals(KernelRelease.running().version());
        return running
                ? KernelModel.host(version, KernelTypes.read(new InputFile(KernelTypes.RUNNING_KERNEL.toString())))
                : KernelModel.of(version);
    }

    private KernelVersion version(String text) {
        try {
            KernelVersion version = KernelVersion.of(RELEASE.matcher(text).replaceFirst("$1"));
            if (version.compareTo(OLDEST) >= 0) {
                return version;
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--kernel " + text + ": give a release, as 5.15", e);
        }
        throw new ParameterException(
                spec.commandLine(), "--kernel " + text + ": the rules are known from " + OLDEST + " on");
    }
}
