package dev.skep.verifier.kernel;

import static dev.skep.object.program.AttachType.CGROUP_GETSOCKOPT;
import static dev.skep.object.program.AttachType.CGROUP_SETSOCKOPT;
import static dev.skep.verifier.kernel.StructureField.pointer;
import static dev.skep.verifier.kernel.StructureField.wide;
import static dev.skep.verifier.kernel.StructureField.word;

import dev.skep.verifier.kernel.StructureField.Extent;
import java.util.ArrayList;
import java.util.List;

/**
 * Contexts of control groups, netfilter, perf events and remote controls: kernel/bpf/cgroup.c, net/netfilter/nf_bpf_link.c,
 * kernel/trace/bpf_trace.c, drivers/media/rc/bpf-lirc.c (6.18).
 */
final class OtherContexts {
    static final int CGROUP_DEVICE_SIZE = 12;
    static final int SYSCTL_SIZE = 8;
    static final int SOCKOPT_SIZE = 40;
    static final int NETFILTER_SIZE = 16;
    static final int LIRC_SIZE = 4;

    /** {@code cgroup_dev_is_valid_access}. */
    static final List<StructureField> CGROUP_DEVICE =
            List.of(word("access_type", 0).narrow(), word("major", 4), word("minor", 8));

    /** {@code sysctl_is_valid_access}. */
    static final List<StructureField> SYSCTL =
            List.of(word("write", 0).narrow(), word("file_pos", 4).narrow().written(Extent.exactly(4)));

    /** {@code cg_sockopt_is_valid_access}. */
    static final List<StructureField> SOCKOPT = List.of(
            pointer("sk", 0, new ContextAccess.Socket(SocketKind.SOCKET, false)),
            pointer("optval", 8, new ContextAccess.PacketData()),
            pointer("optval_end", 16, new ContextAccess.PacketEnd()),
            word("level", 24).written(Extent.exactly(4).when(CGROUP_SETSOCKOPT)),
            word("optname", 28).written(Extent.exactly(4).when(CGROUP_SETSOCKOPT)),
            word("optlen", 32).written(Extent.exactly(4)),
            word("retval", 36)
                    .readWhen(CGROUP_GETSOCKOPT)
                    .written(Extent.exactly(4).when(CGROUP_GETSOCKOPT)));

    /** {@code nf_is_valid_access}. */
    static final List<StructureField> NETFILTER = List.of(
            pointer("state", 0, new ContextAccess.KernelObject("nf_hook_state")),
            pointer("skb", 8, new ContextAccess.KernelObject("sk_buff")));

    /** {@code lirc_mode2_is_valid_access}: one number. */
    static final List<StructureField> LIRC = List.of(word("sample", 0));

    private OtherContexts() {}

    /** {@code pe_prog_is_valid_access}: registers, one by one, then two numbers. */
    static List<StructureField> perfEvent(int registersSize) {
        List<StructureField> fields = new ArrayList<>();
        for (int offset = 0; offset < registersSize; offset += Long.BYTES) {
            fields.add(wide("regs", offset));
        }
        fields.add(wide("sample_period", registersSize).narrow());
        fields.add(wide("addr", registersSize + Long.BYTES).narrow());
        return fields;
    }
}
