package dev.skep.engine.counterexample;

import java.util.OptionalInt;

/** What is looked for in runs, and how near a run comes to it. */
interface Goal {
    /** Whether the run did it. */
    boolean isMet(Trial trial);

    /** How many branches the run took of those that lead there. */
    int agreement(Observation seen);

    /** Index of the run's first jump that goes another way; empty if none does, or if it is not known. */
    OptionalInt firstWrongTurn(Observation seen);
}
