package dev.skep.linux.link;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.LinkCreate;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.machine.KernelRelease;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.attach.CgroupSharing;
import dev.skep.object.attach.NetworkPoint;
import dev.skep.object.attach.Ordering;
import dev.skep.object.host.Errno;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import java.nio.file.Path;

/**
 * Control groups: a program holds for the sockets, system settings or devices that processes in a group and below it
 * use.
 *
 * <pre>{@code
 * LinuxLink link = host.attach(program, NetworkPoint.Cgroup.at("/sys/fs/cgroup/app.slice"));
 * }</pre>
 *
 * <p>A link since Linux 5.7 ({@link NetworkLinkKind#CGROUP}), which is always beside others; {@code BPF_PROG_ATTACH}
 * ({@link CgroupDirectAttachment}) on older kernels, for what is to be alone, and beside or in place of what is
 * attached so.
 */
final class CgroupAttachment {
    private static final ProgramType[] ACCEPTED = {
        ProgramType.CGROUP_SKB,
        ProgramType.CGROUP_SOCK,
        ProgramType.CGROUP_SOCK_ADDR,
        ProgramType.CGROUP_SOCKOPT,
        ProgramType.CGROUP_SYSCTL,
        ProgramType.CGROUP_DEVICE,
        ProgramType.SOCK_OPS,
        ProgramType.LSM
    };

    private static final OrderingFields ORDERING =
            new OrderingFields(LinkCreate.FLAGS, LinkCreate.CGROUP_RELATIVE_ID, LinkCreate.CGROUP_EXPECTED_REVISION);

    private CgroupAttachment() {}

    static LinuxLink attach(LinuxProgram program, NetworkPoint.Cgroup point) {
        AttachFailure.requireType(program, point, ACCEPTED);
        AttachType type = type(program, point);
        Path path = Path.of(point.path());
        FileDescriptor group = FileDescriptor.open(path, FileDescriptor.O_RDONLY);
        try {
            NetworkPoint.Cgroup resolved = point.ordering(CgroupNeighbour.byLink(point.ordering(), path, type));
            boolean withoutLink = switch (point.sharing()) {
                case MULTI, MULTI_PREORDER -> CgroupNeighbour.isWithoutLink(resolved.ordering());
                case OVERRIDE, EXCLUSIVE -> true;
            };
            LinuxLink link = withoutLink
                    ? CgroupDirectAttachment.attach(program, resolved, type, group)
                    : link(program, resolved, type, group);
            if (link instanceof BpfLink) {
                group.close(); // the link holds the group by itself
            }
            return link;
        } catch (RuntimeException e) {
            group.close();
            throw e;
        }
    }

    /** The way before links, which also is that of what outlives its process. */
    static LinuxLink attachWithoutLink(LinuxProgram program, NetworkPoint.Cgroup point) {
        AttachFailure.requireType(program, point, ACCEPTED);
        AttachType type = type(program, point);
        FileDescriptor group = FileDescriptor.open(Path.of(point.path()), FileDescriptor.O_RDONLY);
        try {
            return CgroupDirectAttachment.attach(program, point, type, group);
        } catch (RuntimeException e) {
            group.close();
            throw e;
        }
    }

    private static LinuxLink link(
            LinuxProgram program, NetworkPoint.Cgroup point, AttachType type, FileDescriptor group) {
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(LinkCreate.PROG_FD, program.descriptor())
                    .set(LinkCreate.TARGET_FD, group)
                    .set(LinkCreate.ATTACH_TYPE, type.number());
            int preorder = point.sharing() == CgroupSharing.MULTI_PREORDER ? AttachFlags.PREORDER : 0;
            ORDERING.set(attr, point.ordering(), preorder);
            long result = attr.call(BpfCommand.LINK_CREATE);
            if (NetworkLinkKind.CGROUP.isMissing(result)) {
                return CgroupDirectAttachment.attach(program, point, type, group);
            }
            if (result < 0) {
                throw AttachFailure.refused(result, program, point, likelyCause(result, point, type));
            }
            return new BpfLink(program, point, FileDescriptor.owning(result));
        }
    }

    /** What the point says, else what the program says, else what its type was for before there were attach types. */
    static AttachType type(LinuxProgram program, NetworkPoint.Cgroup point) {
        return point.hook().or(() -> program.spec().expectedAttachType()).orElseGet(() -> switch (program.spec()
                .type()) {
            case CGROUP_SOCK -> AttachType.CGROUP_INET_SOCK_CREATE;
            case CGROUP_SYSCTL -> AttachType.CGROUP_SYSCTL;
            case CGROUP_DEVICE -> AttachType.CGROUP_DEVICE;
            case SOCK_OPS -> AttachType.CGROUP_SOCK_OPS;
            case LSM -> AttachType.LSM_CGROUP;
            default ->
                throw AttachFailure.because(
                        Errno.EINVAL,
                        program,
                        point,
                        "the program (" + program.spec().type()
                                + ") does not say which hook it is for; name one with Cgroup.hook(AttachType)");
        });
    }

    /** By the refusals of kernel/bpf/cgroup.c. */
    static String likelyCause(long result, NetworkPoint.Cgroup point, AttachType type) {
        return switch (SystemFailure.errno(result)) {
            case EBADF -> point.path() + " is not a directory of the cgroup2 file system" + CgroupMounts.advice();
            case EPERM ->
                "a group above may hold a program for " + type + " that allows none below, this group one that is "
                        + "alone there, or CAP_BPF and CAP_NET_ADMIN are missing";
            case EINVAL ->
                orderingAdvice(point, "the program is not made for " + type + ", or the kernel does not know it");
            case EEXIST -> "this program is attached there already";
            case E2BIG -> "there are 64 programs already";
            case ESTALE ->
                "the hook is not at revision " + point.ordering().revision().orElse(0)
                        + ": somebody has attached or detached; look again and decide anew";
            case ENOENT -> "the program to go beside or to replace is not attached to this group at " + type;
            case ENODEV -> "the group has just been removed";
            default -> "";
        };
    }

    private static String orderingAdvice(NetworkPoint.Cgroup point, String otherwise) {
        boolean ordered = !point.ordering().equals(Ordering.LAST);
        boolean old = !KernelRelease.running().isAtLeast(NetworkLinkKind.CGROUP_ORDERING.since());
        return ordered && old
                ? "orderings in control groups need Linux " + NetworkLinkKind.CGROUP_ORDERING.since() + ", this is "
                        + KernelRelease.running()
                : otherwise;
    }
}
