package dev.skep.compiler.java;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what is wrong with a class. */
final class Findings {
    private static final Refusal LEFT_OUT = new Refusal(
            "what is done here",
            "it has no meaning in BPF",
            "write it with numbers, structs and maps; and please report that nothing better can be said");

    private final List<Finding> findings = new ArrayList<>();
    private final Assumptions assumptions = new Assumptions();
    /** Where something was left out first because of what had been refused before. */
    private Optional<Finding> leftOut = Optional.empty();

    /** Does something; what it refuses is noted for this place. @return false if it was refused */
    boolean guard(String file, int line, Runnable action) {
        try {
            action.run();
            return true;
        } catch (Refusal refusal) {
            findings.add(refusal.at(file, line));
        } catch (AlreadyRefused known) {
            leftOut = leftOut.or(() -> Optional.of(LEFT_OUT.at(file, line)));
        }
        return false;
    }

    void add(String file, int line, Refusal refusal) {
        findings.add(refusal.at(file, line));
    }

    /** What can be wrong yet. */
    Assumptions assumptions() {
        return assumptions;
    }

    /** True if nothing was wrong. */
    boolean isEmpty() {
        return findings.isEmpty() && leftOut.isEmpty();
    }

    /** @throws JavaSourceException if there is any */
    void throwIfAny() {
        if (!findings.isEmpty()) {
            throw new JavaSourceException(findings);
        }
        leftOut.ifPresent(finding -> {
            throw new JavaSourceException(List.of(finding));
        });
    }
}
