package dev.skep.linux.feature;

import dev.skep.linux.machine.Capability;
import dev.skep.linux.machine.MachineFiles;
import dev.skep.linux.machine.ProcessStatus;
import dev.skep.linux.machine.UserNamespace;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.host.Errno;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the kernel said when something was tried.
 *
 * @param result at least 0, or a negative error number
 * @param log the verifier's, "" if there is none
 */
record Answer(long result, String log) {
    /** Answers that say nothing about the feature: there is no more memory, no more descriptors, too many of something. */
    private static final Set<Errno> SHORTAGES =
            Set.of(Errno.ENOMEM, Errno.EMFILE, Errno.ENFILE, Errno.EAGAIN, Errno.EINTR);

    Answer(long result) {
        this(result, "");
    }

    boolean succeeded() {
        return result >= 0;
    }

    boolean is(Errno errno) {
        return SystemFailure.is(result, errno);
    }

    /** The feature is there exactly if the attempt succeeded. */
    Support support() {
        return succeeded() ? Support.AVAILABLE : refusal();
    }

    /** The feature is there if the attempt succeeded, or failed with {@code errno}, which only a kernel that knows it says. */
    Support supportIfSuccessOr(Errno errno) {
        return is(errno) ? Support.AVAILABLE : support();
    }

    /** What a refusal means: unknown if it is for lack of privilege or of resources, else that the feature is missing. */
    Support refusal() {
        Errno errno = SystemFailure.errno(result);
        String answer = "the kernel answers " + errno;
        if (SHORTAGES.contains(errno)) {
            return new Support.Unknown(answer + " (" + errno.meaning() + ")");
        }
        if (errno == Errno.EPERM || (errno == Errno.EACCES && log.isEmpty())) {
            return lackOfPrivilege()
                    .<Support>map(lack -> new Support.Unknown(answer + "; this process " + lack))
                    .orElseGet(() -> new Support.Missing(
                            answer + " although this process has the capabilities: a security policy forbids it"));
        }
        return new Support.Missing(answer);
    }

    private static Optional<String> lackOfPrivilege() {
        MachineFiles files = MachineFiles.OF_THIS_MACHINE;
        if (UserNamespace.of(files).isNested()) {
            return Optional.of(
                    KernelFeatures.token().isPresent()
                            ? "is in a user namespace, and its token does not allow it"
                            : "is in a user namespace, where capabilities do not count without a token");
        }
        Optional<ProcessStatus> status = ProcessStatus.of(files);
        if (status.isEmpty()) {
            return Optional.of("may lack capabilities: /proc/self/status cannot be read");
        }
        String lacking = Stream.of(Capability.CAP_BPF, Capability.CAP_PERFMON, Capability.CAP_NET_ADMIN)
                .filter(capability -> !status.get().may(capability))
                .map(Capability::name)
                .collect(Collectors.joining(", "));
        return lacking.isEmpty() ? Optional.empty() : Optional.of("lacks " + lacking);
    }
}
