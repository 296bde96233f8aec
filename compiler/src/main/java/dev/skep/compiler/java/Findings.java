package dev.skep.compiler.java;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a class. */
final class Findings {
    private final List<Finding> findings = new ArrayList<>();
    private boolean incomplete;

    /** Does something; what it refuses is noted for this place. @return false if it was refused */
    boolean guard(String file, int line, Runnable action) {
        try {
            action.run();
            return true;
        } catch (Refusal refusal) {
            findings.add(refusal.at(file, line));
        } catch (AlreadyRefused known) {
            incomplete = true;
        }
        return false;
    }

    void add(String file, int line, Refusal refusal) {
        findings.add(refusal.at(file, line));
    }

    /** True if nothing was wrong. */
    boolean isEmpty() {
        return findings.isEmpty() && !incomplete;
    }

    /** @throws JavaSourceException if there is any */
    void throwIfAny() {
        if (!findings.isEmpty()) {
            throw new JavaSourceException(findings);
        }
        if (incomplete) {
            throw new IllegalStateException("something was left out without a finding that says why");
        }
    }
}
