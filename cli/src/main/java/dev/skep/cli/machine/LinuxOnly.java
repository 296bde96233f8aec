package dev.skep.cli.machine;

import dev.skep.cli.CliException;
import dev.skep.cli.ExitCode;

/** For commands that ask the running kernel. */
public final class LinuxOnly {
    private LinuxOnly() {}

    /** @throws CliException if this is another system */
    public static void check() {
        String system = System.getProperty("os.name");
        if (!system.equals("Linux")) {
            throw new CliException(ExitCode.UNAVAILABLE, "this needs a Linux kernel, and this machine runs " + system);
        }
    }
}
