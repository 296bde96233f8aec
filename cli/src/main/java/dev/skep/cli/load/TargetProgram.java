package dev.skep.cli.load;

import dev.skep.cli.kernel.ObjectReference;
import dev.skep.linux.info.ObjectKind;
import dev.skep.object.Location;
import java.util.Optional;

/**
 * What a program replaces or traces, as {@code --target} writes it: a program in the kernel and, behind a colon, a function of it:
 * {@code id:42}, {@code pinned:/sys/fs/bpf/firewall:count}.
 *
 * @param function empty for the one that the program's own section names, or else the program's entry
 */
record TargetProgram(ObjectReference program, Optional<String> function) {
    /** Reads one. @throws dev.skep.object.InputException if it is not written so */
    static TargetProgram read(String text, Location where) {
        int colon = text.lastIndexOf(':');
        boolean named = colon > text.indexOf(':') && text.substring(colon + 1).matches("\\w+");
        return new TargetProgram(
                ObjectReference.written(named ? text.substring(0, colon) : text, ObjectKind.PROGRAM, where),
                named ? Optional.of(text.substring(colon + 1)) : Optional.empty());
    }
}
