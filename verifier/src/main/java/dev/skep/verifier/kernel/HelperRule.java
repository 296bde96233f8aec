package dev.skep.verifier.kernel;

import java.util.List;

/** A prototype and the programs it is for. */
record HelperRule(HelperPrototype prototype, List<Callers> callers) {
    HelperRule {
        callers = List.copyOf(callers);
    }
}
