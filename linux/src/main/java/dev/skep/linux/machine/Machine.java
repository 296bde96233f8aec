package dev.skep.linux.machine;

import java.util.Optional;

/**
 * A machine, its kernel and this process: what its files say now.
 *
 * @param configuration the kernel's; empty if the machine does not tell it
 * @param process empty without /proc
 * @param lockdown empty if the machine does not tell
 * @param securityModules likewise
 */
public record Machine(
        MachineFiles files,
        KernelRelease kernel,
        Optional<KernelConfiguration> configuration,
        Optional<ProcessStatus> process,
        MountTable mounts,
        ProcessLimits limits,
        Optional<Lockdown> lockdown,
        Optional<SecurityModules> securityModules) {
    /** The machine that runs us. What cannot change while the kernel runs is read once. */
    public static Machine running() {
        return of(MachineFiles.OF_THIS_MACHINE, KernelRelease.running(), KernelConfiguration.running());
    }

    /** A machine described by its files. @throws IllegalStateException if they do not say which kernel it runs */
    public static Machine of(MachineFiles files) {
        KernelRelease kernel = KernelRelease.of(files);
        return of(files, kernel, KernelConfiguration.of(files, kernel));
    }

    private static Machine of(MachineFiles files, KernelRelease kernel, Optional<KernelConfiguration> configuration) {
        return new Machine(
                files,
                kernel,
                configuration,
                ProcessStatus.of(files),
                MountTable.of(files),
                ProcessLimits.of(files),
                Lockdown.of(files, configuration),
                SecurityModules.of(files, configuration));
    }

    /** True if the process has this capability, or one that implies it, for all that is known. */
    public boolean may(Capability capability) {
        return process.map(status -> status.may(capability)).orElse(false);
    }

    /** Whose users this process's users are. */
    public UserNamespace userNamespace() {
        return UserNamespace.of(files);
    }
}
