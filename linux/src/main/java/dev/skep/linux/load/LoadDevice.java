package dev.skep.linux.load;

import dev.skep.linux.netlink.Interfaces;
import dev.skep.object.host.Errno;

/**
 * The network interface that a program or a map is loaded for.
 *
 * @param name of the interface @param index of the interface in the calling thread's network namespace
 * @param offloaded whether it is to be in the card, else in the kernel as ever, for the frames of this interface alone
 */
record LoadDevice(String name, int index, boolean offloaded) {
    /** linux/bpf.h. */
    private static final int BPF_F_XDP_DEV_BOUND_ONLY = 1 << 6;

    /** Looks the interface up. @throws dev.skep.object.host.HostException ENODEV if there is none of this name */
    static LoadDevice named(String name, boolean offloaded) {
        return new LoadDevice(name, Interfaces.named(name).index(), offloaded);
    }

    /** What it adds to {@code prog_flags}. */
    int programFlags() {
        return offloaded ? 0 : BPF_F_XDP_DEV_BOUND_ONLY;
    }

    /** By the refusals of kernel/bpf/offload.c; "" if they say nothing about the device. */
    String likelyCause(Errno errno) {
        return switch (errno) {
            case EOPNOTSUPP, EINVAL ->
                offloaded
                        ? "the card of " + name
                                + " or its driver cannot run programs, or not of this kind: few can (such as nfp's)"
                        : "the driver of " + name
                                + " tells programs nothing about frames, the program is not of type XDP, or "
                                + "the kernel is older than Linux 6.3";
            default -> "";
        };
    }
}
