package dev.skep.cli.trace;

import dev.skep.compiler.code.Target;
import dev.skep.linux.machine.KernelRelease;

/** What programs for the kernel that runs here may use. */
final class KernelTarget {
    private KernelTarget() {}

    static Target here() {
        return Target.of(KernelRelease.running().version());
    }
}
