package dev.skep.linux.link;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.LinkCreate;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.perf.PerfEvent;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.attach.ProbeMode;
import dev.skep.object.attach.ProbePoint;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.AttachType;

/**
 * Has a program run at a performance event: by a link that holds the event (Linux 5.15), else by an ioctl (Linux 4.1),
 * which has no cookie.
 */
final class PerfAttachment {
    private PerfAttachment() {}

    /**
     * @param event owned from here on
     * @param mode {@link ProbeMode#LINK} or {@link ProbeMode#PERF} for this way alone
     */
    static LinuxLink attach(LinuxProgram program, ProbePoint point, PerfEvent event, long cookie, ProbeMode mode) {
        try {
            return mode == ProbeMode.PERF
                    ? byIoctl(program, point, event, cookie)
                    : byLink(program, point, event, cookie, mode);
        } catch (RuntimeException e) {
            event.close();
            throw e;
        }
    }

    private static LinuxLink byLink(
            LinuxProgram program, ProbePoint point, PerfEvent event, long cookie, ProbeMode mode) {
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(LinkCreate.PROG_FD, program.descriptor())
                    .set(LinkCreate.TARGET_FD, event.descriptor())
                    .set(LinkCreate.ATTACH_TYPE, AttachType.PERF_EVENT.number())
                    .expect(LinkCreate.FLAGS)
                    .setIfAny(LinkCreate.PERF_EVENT_BPF_COOKIE, cookie);
            long result = attr.call(BpfCommand.LINK_CREATE);
            if (SystemFailure.is(result, Errno.EINVAL) && mode == ProbeMode.ANY) {
                return byIoctl(program, point, event, cookie); // if something else is amiss, this finds it too
            }
            SystemFailure.check(result, "attach " + program + " to " + point.describe());
            FileDescriptor link = FileDescriptor.owning(result);
            try {
                event.enable();
            } catch (RuntimeException e) {
                link.close();
                throw e;
            }
            event.close(); // the link holds the event
            return new BpfLink(program, point, link);
        }
    }

    private static LinuxLink byIoctl(LinuxProgram program, ProbePoint point, PerfEvent event, long cookie) {
        event.setProgram(program.descriptor());
        if (cookie != 0) {
            throw new HostException(
                    Errno.EOPNOTSUPP,
                    "cannot attach " + program + " to " + point.describe()
                            + " with a cookie: that needs a link (Linux 5.15)");
        }
        event.enable();
        return new PerfEventLink(program, point, event);
    }
}
