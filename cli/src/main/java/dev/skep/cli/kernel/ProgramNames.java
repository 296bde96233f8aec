package dev.skep.cli.kernel;

import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.info.ProgramInfo;
import dev.skep.linux.system.FileDescriptor;

/** Names of programs by their ids. */
public final class ProgramNames {
    private ProgramNames() {}

    /** The name; "" if it has none, or is gone. */
    public static String of(int id) {
        return ObjectKind.PROGRAM
                .find(id)
                .map(descriptor -> {
                    try (FileDescriptor open = descriptor) {
                        return ProgramInfo.of(open).name();
                    }
                })
                .orElse("");
    }
}
