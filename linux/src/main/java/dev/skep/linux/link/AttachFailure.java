package dev.skep.linux.link;

import dev.skep.linux.machine.KernelRelease;
import dev.skep.linux.netlink.NetlinkException;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.attach.AttachPoint;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.ProgramType;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What to say when a program cannot be attached. */
final class AttachFailure {
    private AttachFailure() {}

    /** @param result negative @param cause what is likely wrong and what to do, or "" */
    static HostException refused(long result, LinuxProgram program, AttachPoint point, String cause) {
        String advice = cause.isEmpty() && SystemFailure.is(result, Errno.EPERM)
                ? "attaching to the network needs CAP_NET_ADMIN and CAP_BPF; `skep doctor` says what is missing"
                : cause;
        return SystemFailure.refused(result, "attach " + program + " to " + point.describe(), advice);
    }

    /** The same for what netlink refused: with the kernel's own words before the likely cause. */
    static HostException refused(NetlinkException refusal, LinuxProgram program, AttachPoint point, String cause) {
        String words = refusal.explanation();
        String advice = words.isEmpty() || cause.isEmpty() ? words + cause : words + "; " + cause;
        HostException explained = refused(refusal.errno().negated(), program, point, advice);
        explained.initCause(refusal);
        return explained;
    }

    /** What we refuse ourselves, since the kernel would do something else than was asked for, or say less about it. */
    static HostException because(Errno errno, LinuxProgram program, AttachPoint point, String reason) {
        return new HostException(errno, "cannot attach " + program + " to " + point.describe() + ": " + reason);
    }

    /** Refuses a program that cannot be attached there on any kernel, before the kernel says EINVAL. */
    static void requireType(LinuxProgram program, AttachPoint point, ProgramType... accepted) {
        ProgramType type = program.spec().type();
        if (!Arrays.asList(accepted).contains(type)) {
            String types = Arrays.stream(accepted).map(ProgramType::name).collect(Collectors.joining(" or "));
            throw because(Errno.EINVAL, program, point, "it is of type " + type + ", there goes " + types);
        }
    }

    /** A wish that an older kernel cannot fulfil. */
    static HostException needs(NetworkLinkKind kind, LinuxProgram program, AttachPoint point, String wish) {
        String reason = wish + " needs Linux " + kind.since() + ", this is " + KernelRelease.running();
        return because(Errno.EOPNOTSUPP, program, point, reason);
    }
}
