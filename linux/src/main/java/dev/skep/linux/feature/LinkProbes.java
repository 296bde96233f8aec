package dev.skep.linux.feature;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.GetId;
import dev.skep.linux.bpf.BpfAttrLayout.IterCreate;
import dev.skep.linux.bpf.BpfAttrLayout.LinkCreate;
import dev.skep.linux.bpf.BpfAttrLayout.MapCreate;
import dev.skep.linux.bpf.BpfAttrLayout.ProgQuery;
import dev.skep.linux.bpf.BpfAttrLayout.TokenCreate;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.host.Errno;
import dev.skep.object.map.MapType;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Which links the kernel makes. Nothing gets attached: each attempt names a place that is not there, and only a kernel that knows
 * the link goes as far as looking for it.
 */
final class LinkProbes {
    private static final int NO_DESCRIPTOR = -1;
    private static final int BPF_F_LINK = 1 << 13; // linux/bpf.h
    private static final int LOOPBACK = 1; // every network namespace's first interface
    private static final int XDP_FLAGS_HW_MODE = 1 << 3; // linux/if_link.h
    private static final String NO_FUNCTION = "skep_looks_for_this_function";

    private LinkProbes() {}

    static Support perfEvent() {
        return link(ProgramType.TRACEPOINT, AttachType.PERF_EVENT, NO_DESCRIPTOR, Errno.EBADF);
    }

    static Support cgroup() {
        return link(ProgramType.CGROUP_SKB, AttachType.CGROUP_INET_INGRESS, NO_DESCRIPTOR, Errno.EBADF);
    }

    static Support networkNamespace() {
        return link(ProgramType.FLOW_DISSECTOR, AttachType.FLOW_DISSECTOR, NO_DESCRIPTOR, Errno.EBADF);
    }

    /** The loopback interface has no hardware to run a program on. */
    static Support xdp() {
        try (FileDescriptor program = ProbeProgram.returningZero(ProgramType.XDP)
                        .with(AttachType.XDP)
                        .load();
                BpfAttr attr = BpfAttr.take()) {
            attr.set(LinkCreate.PROG_FD, program.number())
                    .set(LinkCreate.TARGET_IFINDEX, LOOPBACK)
                    .set(LinkCreate.ATTACH_TYPE, AttachType.XDP.number())
                    .set(LinkCreate.FLAGS, XDP_FLAGS_HW_MODE);
            return new Answer(attr.call(BpfCommand.LINK_CREATE)).supportIfSuccessOr(Errno.EOPNOTSUPP);
        }
    }

    static Support socketMap() {
        return link(ProgramType.SK_MSG, AttachType.SK_MSG_VERDICT, NO_DESCRIPTOR, Errno.EBADF);
    }

    /** All zero is no protocol family with hooks. */
    static Support netfilter() {
        return link(ProgramType.NETFILTER, AttachType.NETFILTER, 0, Errno.EAFNOSUPPORT);
    }

    /** @param target a descriptor that is not there, or an unfit number @param answer of a kernel that looks for it */
    private static Support link(ProgramType programType, AttachType type, int target, Errno answer) {
        try (FileDescriptor program =
                        ProgramTypeProbes.smallest(programType).with(type).load();
                BpfAttr attr = BpfAttr.take()) {
            attr.set(LinkCreate.PROG_FD, program.number())
                    .set(LinkCreate.TARGET_FD, target)
                    .set(LinkCreate.ATTACH_TYPE, type.number())
                    .expect(LinkCreate.NETFILTER_FLAGS);
            return new Answer(attr.call(BpfCommand.LINK_CREATE)).supportIfSuccessOr(answer);
        }
    }

    /** Such a link holds a map that was made for it; the kernel's first type is no table of operations. */
    static Support structOps() {
        return ProbeMap.of(MapType.STRUCT_OPS, 4, 4, 1)
                .withFlags(BPF_F_LINK)
                .with(attr -> attr.set(MapCreate.BTF_VMLINUX_VALUE_TYPE_ID, 1))
                .tryToCreate()
                .supportIfSuccessOr(Errno.ENOTSUPP);
    }

    static Support kprobeMulti() {
        return kprobes(AttachType.TRACE_KPROBE_MULTI);
    }

    static Support kprobeSession() {
        return kprobes(AttachType.TRACE_KPROBE_SESSION);
    }

    private static Support kprobes(AttachType type) {
        try (FileDescriptor program = ProbeProgram.returningZero(ProgramType.KPROBE)
                        .with(type)
                        .load();
                Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            MemorySegment names = arena.allocateFrom(
                    ValueLayout.JAVA_LONG, arena.allocateFrom(NO_FUNCTION).address());
            attr.set(LinkCreate.PROG_FD, program.number())
                    .set(LinkCreate.ATTACH_TYPE, type.number())
                    .set(LinkCreate.KPROBE_MULTI_CNT, 1)
                    .set(LinkCreate.KPROBE_MULTI_SYMS, names);
            return new Answer(attr.call(BpfCommand.LINK_CREATE)).supportIfSuccessOr(Errno.ESRCH);
        }
    }

    static Support uprobeMulti() {
        return uprobes(AttachType.TRACE_UPROBE_MULTI);
    }

    static Support uprobeSession() {
        return uprobes(AttachType.TRACE_UPROBE_SESSION);
    }

    /** The root folder is no file with code. */
    private static Support uprobes(AttachType type) {
        try (FileDescriptor program = ProbeProgram.returningZero(ProgramType.KPROBE)
                        .with(type)
                        .load();
                Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            attr.set(LinkCreate.PROG_FD, program.number())
                    .set(LinkCreate.ATTACH_TYPE, type.number())
                    .set(LinkCreate.UPROBE_MULTI_PATH, arena.allocateFrom("/"))
                    .set(LinkCreate.UPROBE_MULTI_OFFSETS, arena.allocateFrom(ValueLayout.JAVA_LONG, 0L))
                    .set(LinkCreate.UPROBE_MULTI_CNT, 1)
                    .expect(LinkCreate.UPROBE_MULTI_PID);
            return new Answer(attr.call(BpfCommand.LINK_CREATE)).supportIfSuccessOr(Errno.EBADF);
        }
    }

    /** No link follows the last id; old kernels do not know the question. */
    static Support enumeration() {
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(GetId.START_ID, Integer.MAX_VALUE - 1).expect(GetId.OPEN_FLAGS);
            return new Answer(attr.call(BpfCommand.LINK_GET_NEXT_ID)).supportIfSuccessOr(Errno.ENOENT);
        }
    }

    static Support iterator() {
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(IterCreate.LINK_FD, NO_DESCRIPTOR).expect(IterCreate.FLAGS);
            return new Answer(attr.call(BpfCommand.ITER_CREATE)).supportIfSuccessOr(Errno.EBADF);
        }
    }

    static Support tcx() {
        return query(AttachType.TCX_INGRESS).support();
    }

    /** The loopback interface is no netkit device. */
    static Support netkit() {
        return query(AttachType.NETKIT_PRIMARY).supportIfSuccessOr(Errno.ENXIO);
    }

    private static Answer query(AttachType type) {
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(ProgQuery.TARGET_IFINDEX, LOOPBACK)
                    .set(ProgQuery.ATTACH_TYPE, type.number())
                    .expect(ProgQuery.REVISION);
            return new Answer(attr.call(BpfCommand.PROG_QUERY));
        }
    }

    static Support token() {
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(TokenCreate.FLAGS, 0).set(TokenCreate.BPFFS_FD, NO_DESCRIPTOR);
            return new Answer(attr.call(BpfCommand.TOKEN_CREATE)).supportIfSuccessOr(Errno.EBADF);
        }
    }
}
