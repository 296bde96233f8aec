package dev.skep.object.core;

import java.util.List;
import java.util.Optional;

/** How a relocation came out before the instruction is looked at. */
sealed interface Resolution {
    /** One answer. @param targets where it was found: empty if nowhere, several if candidates agree */
    record Decided(AccessSpec local, List<AccessSpec> targets, Patch patch) implements Resolution {
        public Decided {
            targets = List.copyOf(targets);
        }
    }

    /** Two candidates give different answers. */
    record Ambiguous(AccessSpec local, AccessSpec one, AccessSpec other, CoreFailure failure) implements Resolution {}

    /** No sense could be made of it. @param local empty if not even of what the compiler wrote */
    record Refused(Optional<AccessSpec> local, CoreFailure failure) implements Resolution {}
}
