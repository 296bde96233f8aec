package dev.skep.engine.counterexample;

import dev.skep.engine.TrapException;
import java.util.Optional;

/** One run. @param trap why it was ended; empty if the program exited */
record Trial(RunInput input, Observation seen, Optional<TrapException> trap) {}
