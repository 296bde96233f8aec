package dev.skep.linux;

/** The Linux kernel as a host. */
public final class LinuxHost {
    private LinuxHost() {}
}
