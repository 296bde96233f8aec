package dev.skep.trace.cdefinition;

import java.util.Map;
import java.util.Optional;

/** Where types of C are defined: a script's preamble, or the debugging information of a program. */
public interface CTypes {
    /** A structure or union. @param name with its keyword: {@code struct sock} */
    Optional<CStructure> structure(String name);

    /** An enumeration. @param name with its keyword */
    Optional<CEnumeration> enumeration(String name);

    /** What another name is for. */
    Optional<CType> typedef(String name);

    /** The enumerations whose constants count as if they were the script's, by name with the keyword. */
    default Map<String, CEnumeration> enumerations() {
        return Map.of();
    }

    /** Constants of these. */
    default Map<String, Long> constants() {
        return Map.of();
    }
}
