package dev.skep.linux.link;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.LinkCreate;
import dev.skep.linux.bpf.BpfAttrLayout.RawTracepointOpen;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.attach.ProbePoint;
import dev.skep.object.host.Errno;

/**
 * The place that was named by its BTF id when the program was loaded: {@code tp_btf}, {@code fentry}, {@code fexit}
 * (Linux 5.5), {@code fmod_ret}, {@code lsm} (5.7). Cookies: 5.19; of {@code tp_btf} 6.10.
 *
 * <pre>{@code
 * LinuxLink link = host.attach(program, new ProbePoint.BtfTracing("fentry/vfs_read"));
 * }</pre>
 */
final class TracingAttachment {
    private TracingAttachment() {}

    static LinuxLink attach(LinuxProgram program, ProbePoint.BtfTracing point) {
        String attempted = "attach " + program + " to " + point.describe();
        // Kernels before 5.19 know this way alone; it has no room for a cookie.
        long result = point.cookie() == 0 ? openAsLoaded(program) : createLink(program, point.cookie());
        if (result < 0) {
            throw SystemFailure.refused(result, attempted, advice(SystemFailure.errno(result), point));
        }
        return new BpfLink(program, point, FileDescriptor.owning(result));
    }

    /**
     * {@code BPF_RAW_TRACEPOINT_OPEN} without a name: what the program was loaded for.
     *
     * @return the link, or an error
     */
    static long openAsLoaded(LinuxProgram program) {
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(RawTracepointOpen.PROG_FD, program.descriptor());
            return attr.call(BpfCommand.RAW_TRACEPOINT_OPEN);
        }
    }

    private static long createLink(LinuxProgram program, long cookie) {
        int attachType = program.spec().expectedAttachType().orElseThrow().number();
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(LinkCreate.PROG_FD, program.descriptor())
                    .set(LinkCreate.ATTACH_TYPE, attachType)
                    .set(LinkCreate.TRACING_COOKIE, cookie);
            return attr.call(BpfCommand.LINK_CREATE);
        }
    }

    private static String advice(Errno errno, ProbePoint.BtfTracing point) {
        return switch (errno) {
            case EBUSY -> "the function is taken, by ftrace, live patching or another trampoline";
            case E2BIG -> "too many programs are attached to this function (BPF_MAX_TRAMP_LINKS is 38)";
            case EINVAL, EOPNOTSUPP, ENOTSUPP ->
                point.cookie() == 0
                        ? "was the program loaded for such a place?"
                        : "a cookie here needs Linux 5.19, that of a tp_btf program 6.10";
            case ENOENT -> "before Linux 5.13 a loaded program can be attached once only: load it again";
            default -> "";
        };
    }
}
