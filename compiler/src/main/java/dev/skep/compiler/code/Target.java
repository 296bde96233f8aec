package dev.skep.compiler.code;

import dev.skep.object.KernelVersion;
import dev.skep.object.instruction.CpuVersion;

/**
 * What the code is for.
 *
 * @param instructionSet which instructions may be used, as clang's {@code -mcpu}
 * @param kernel the oldest kernel that has to take it: helpers and kinds of loops that came later are not used
 */
public record Target(CpuVersion instructionSet, KernelVersion kernel) {
    /** As clang 19 compiles unless told otherwise ({@code -mcpu=v3}), for the oldest kernel with long support: Linux 5.15. */
    public static final Target DEFAULT = new Target(CpuVersion.V3, new KernelVersion(5, 15));

    /** The same for the newest kernel that is known here, and for the embedded engine. */
    public static final Target NEWEST = of(new KernelVersion(6, 18));

    /** For a kernel, with all instructions that it knows: v2 from Linux 4.14 on, v3 from 5.1, v4 from 6.6. */
    public static Target of(KernelVersion kernel) {
        return new Target(instructionSet(kernel), kernel);
    }

    private static CpuVersion instructionSet(KernelVersion kernel) {
        if (kernel.compareTo(new KernelVersion(6, 6)) >= 0) {
            return CpuVersion.V4;
        }
        if (kernel.compareTo(new KernelVersion(5, 1)) >= 0) {
            return CpuVersion.V3;
        }
        return kernel.compareTo(new KernelVersion(4, 14)) >= 0 ? CpuVersion.V2 : CpuVersion.V1;
    }
}
