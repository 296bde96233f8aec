package dev.skep.linux.machine;

/** The capabilities that BPF asks for: capabilities(7), with their bits from linux/capability.h. */
public enum Capability {
    CAP_NET_ADMIN(12),
    CAP_IPC_LOCK(14),
    CAP_SYS_PTRACE(19),
    CAP_SYS_ADMIN(21),
    CAP_SYS_RESOURCE(24),
    CAP_SYSLOG(34),
    /** Since Linux 5.8, which took it out of CAP_SYS_ADMIN. */
    CAP_PERFMON(38),
    /** Since Linux 5.8, which took it out of CAP_SYS_ADMIN. */
    CAP_BPF(39);

    private final int bit;

    Capability(int bit) {
        this.bit = bit;
    }

    /** True if it is in a set as /proc/self/status shows it. */
    boolean isIn(long set) {
        return (set >>> bit & 1) != 0;
    }
}
