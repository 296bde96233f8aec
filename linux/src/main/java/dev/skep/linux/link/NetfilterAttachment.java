package dev.skep.linux.link;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.LinkCreate;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.attach.NetworkPoint;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;

/**
 * Netfilter: a program sees packets where {@code nft} and {@code iptables} do, between their tables by priority.
 *
 * <pre>{@code
 * LinuxLink link = host.attach(program, new NetworkPoint.Netfilter(Family.IPV4, Hook.LOCAL_IN, -128, false));
 * }</pre>
 *
 * <p>A link since Linux 6.4 ({@link NetworkLinkKind#NETFILTER}), in the calling thread's network namespace; there is no
 * older way. Such a link cannot be updated.
 */
final class NetfilterAttachment {
    private static final int NFPROTO_IPV4 = 2; // linux/netfilter.h
    private static final int NFPROTO_IPV6 = 10;
    private static final int BPF_F_NETFILTER_IP_DEFRAG = 1; // linux/bpf.h

    private NetfilterAttachment() {}

    static LinuxLink attach(LinuxProgram program, NetworkPoint.Netfilter point) {
        AttachFailure.requireType(program, point, ProgramType.NETFILTER);
        int family = switch (point.family()) {
            case IPV4 -> NFPROTO_IPV4;
            case IPV6 -> NFPROTO_IPV6;
        };
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(LinkCreate.PROG_FD, program.descriptor())
                    .set(LinkCreate.ATTACH_TYPE, AttachType.NETFILTER.number())
                    .set(LinkCreate.NETFILTER_PF, family)
                    .set(LinkCreate.NETFILTER_HOOKNUM, point.hook().ordinal())
                    .set(LinkCreate.NETFILTER_PRIORITY, point.priority())
                    .set(LinkCreate.NETFILTER_FLAGS, point.defragment() ? BPF_F_NETFILTER_IP_DEFRAG : 0);
            long result = attr.call(BpfCommand.LINK_CREATE);
            if (NetworkLinkKind.NETFILTER.isMissing(result)) {
                throw AttachFailure.needs(NetworkLinkKind.NETFILTER, program, point, "a netfilter program");
            }
            if (result < 0) {
                throw AttachFailure.refused(result, program, point, likelyCause(result, point));
            }
            return new BpfLink(program, point, FileDescriptor.owning(result));
        }
    }

    /** By the refusals of net/netfilter/nf_bpf_link.c and core.c. */
    private static String likelyCause(long result, NetworkPoint.Netfilter point) {
        return switch (SystemFailure.errno(result)) {
            case EBUSY ->
                "another program is attached at priority " + point.priority() + ": choose a priority nobody has";
            case ERANGE, EINVAL ->
                point.defragment()
                        ? "defragmenting needs Linux 6.6 and a priority above -400, at which fragments are put together"
                        : "the lowest and the highest int are no priorities";
            case EOPNOTSUPP, ENOENT, EAFNOSUPPORT ->
                "the kernel lacks NETFILTER_BPF_LINK, or for defragmenting nf_defrag_ipv4 or nf_defrag_ipv6";
            default -> "";
        };
    }
}
