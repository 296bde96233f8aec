package dev.skep.linux.feature;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.ProgAttach;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.object.host.Errno;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;

/** Which ways to attach the kernel knows. Nothing gets attached. */
final class AttachTypeProbes {
    private static final int NO_DESCRIPTOR = -1;

    private AttachTypeProbes() {}

    static Support support(AttachType type) {
        return switch (type) {
            case TRACE_RAW_TP, TRACE_FENTRY, TRACE_FEXIT, MODIFY_RETURN, TRACE_ITER, TRACE_FSESSION ->
                ProgramTypeProbes.withUnfitTarget(ProgramType.TRACING, type);
            case LSM_MAC, LSM_CGROUP -> ProgramTypeProbes.withUnfitTarget(ProgramType.LSM, type);
            case PERF_EVENT -> KernelFeatures.support(Feature.PERF_LINK);
            case TRACE_KPROBE_MULTI -> KernelFeatures.support(Feature.KPROBE_MULTI_LINK);
            case TRACE_UPROBE_MULTI -> KernelFeatures.support(Feature.UPROBE_MULTI_LINK);
            case TRACE_KPROBE_SESSION -> KernelFeatures.support(Feature.KPROBE_SESSION);
            case TRACE_UPROBE_SESSION -> KernelFeatures.support(Feature.UPROBE_SESSION);
            case NETKIT_PRIMARY, NETKIT_PEER -> KernelFeatures.support(Feature.NETKIT);
            case TCX_INGRESS, TCX_EGRESS -> KernelFeatures.support(Feature.TCX);
            case STRUCT_OPS -> KernelFeatures.support(Feature.STRUCT_OPS_LINK);
            case NETFILTER -> KernelFeatures.support(Feature.NETFILTER_LINK);
            case XDP -> KernelFeatures.support(Feature.XDP_LINK);
            case LIRC_MODE2 -> ofProgramType(ProgramType.LIRC_MODE2, type);
            case XDP_DEVMAP, XDP_CPUMAP, SK_REUSEPORT_SELECT, SK_REUSEPORT_SELECT_OR_MIGRATE ->
                new Support.Unknown("the kernel does not tell before such a program is used");
            default -> named(type);
        };
    }

    private static Support ofProgramType(ProgramType programType, AttachType type) {
        Support support = KernelFeatures.support(programType);
        return support.isAvailable() ? named(type) : support;
    }

    /** A kernel that knows the type goes on to look for the program, which is not there. */
    private static Support named(AttachType type) {
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(ProgAttach.TARGET_FD, NO_DESCRIPTOR)
                    .set(ProgAttach.ATTACH_BPF_FD, NO_DESCRIPTOR)
                    .set(ProgAttach.ATTACH_TYPE, type.number())
                    .expect(ProgAttach.ATTACH_FLAGS);
            return new Answer(attr.call(BpfCommand.PROG_ATTACH)).supportIfSuccessOr(Errno.EBADF);
        }
    }
}
