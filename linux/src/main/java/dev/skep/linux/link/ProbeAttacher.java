package dev.skep.linux.link;

import dev.skep.linux.program.LinuxProgram;
import dev.skep.object.attach.ProbePoint;

/** Finds the way to attach to a place in running code. */
final class ProbeAttacher {
    private ProbeAttacher() {}

    /** @throws dev.skep.object.host.HostException if there is no such place, or the kernel refuses */
    static LinuxLink attach(LinuxProgram program, ProbePoint point) {
        return switch (point) {
            case ProbePoint.Tracepoint place -> TracepointAttachment.attach(program, place);
            case ProbePoint.RawTracepoint place -> RawTracepointAttachment.attach(program, place);
            case ProbePoint.BtfTracing place -> TracingAttachment.attach(program, place);
            case ProbePoint.Kprobe place -> KprobeAttachment.attach(program, place);
            case ProbePoint.Ksyscall place -> KsyscallAttachment.attach(program, place);
            case ProbePoint.KprobeMulti place -> KprobeMultiAttachment.attach(program, place);
            case ProbePoint.Uprobe place -> UprobeAttachment.attach(program, place);
            case ProbePoint.UprobeMulti place -> UprobeMultiAttachment.attach(program, place);
            case ProbePoint.Replacement place -> ReplacementAttachment.attach(program, place);
            case ProbePoint.Usdt place -> UsdtAttachment.attach(program, place);
            case ProbePoint.PerfEvent place -> PerfEventAttachment.attach(program, place);
            case ProbePoint.Iterator place -> IteratorAttachment.attach(program, place);
        };
    }
}
