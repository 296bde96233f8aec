package dev.skep.verifier.repair;

import dev.skep.verifier.Fix;
import java.util.List;

/**
 * A repair to try.
 *
 * @param repairs made together
 * @param fixes what they are in the source, at least one
 */
record Candidate(List<Repair> repairs, List<Fix> fixes) {
    Candidate {
        repairs = List.copyOf(repairs);
        fixes = List.copyOf(fixes);
    }

    Candidate(List<Repair> repairs, Fix fix) {
        this(repairs, List.of(fix));
    }

    static Candidate of(Repair repair, Fix fix) {
        return new Candidate(List.of(repair), fix);
    }
}
