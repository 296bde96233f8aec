package dev.skep.linux.link;

import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.symbol.KernelSymbols;
import dev.skep.object.attach.ProbeMode;
import dev.skep.object.attach.ProbePoint;

/**
 * A system call, by a kprobe on the function that this kernel on this machine has for it: {@code __x64_sys_unlinkat}.
 * As {@link KprobeAttachment}.
 *
 * <pre>{@code
 * LinuxLink link = host.attach(program, new ProbePoint.Ksyscall("unlinkat", false, 0));
 * }</pre>
 */
final class KsyscallAttachment {
    private KsyscallAttachment() {}

    static LinuxLink attach(LinuxProgram program, ProbePoint.Ksyscall point) {
        String function = KernelSymbols.read().systemCall(point.name());
        return KprobeAttachment.attach(
                program, point, new ProbePoint.Kprobe(function, 0, point.atReturn(), point.cookie(), ProbeMode.ANY));
    }
}
