package dev.skep.trace.system;

import dev.skep.trace.cdefinition.CFunction;
import dev.skep.trace.cdefinition.CTypes;
import java.util.Optional;

/** The debugging information of a program or library. */
public interface DebugTypes extends CTypes {
    /** What a function gets. @param symbol as in the symbol table */
    Optional<CFunction> function(String symbol);
}
