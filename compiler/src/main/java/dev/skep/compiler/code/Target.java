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
    public static final Target NEWEST = new Target(CpuVersion.V3, new KernelVersion(6, 18));

    /** As {@link #DEFAULT}, for another kernel. */
    public static Target of(KernelVersion kernel) {
        return new Target(DEFAULT.instructionSet, kernel);
    }
}
