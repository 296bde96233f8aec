package dev.skep.trace.cdefinition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * All that a preamble defines, in the order it is written.
 *
 * @param structures structures and unions by name with its keyword: {@code struct sock}
 * @param enumerations by name with its keyword: {@code enum pid_type}
 * @param typedefs types by the names that are declared for them
 * @param constants of all enumerations, also of those without a name
 */
public record CDefinitions(
        Map<String, CStructure> structures,
        Map<String, CEnumeration> enumerations,
        Map<String, CType> typedefs,
        Map<String, Long> constants)
        implements CTypes {
    /** Nothing at all. */
    public static final CDefinitions NONE = new CDefinitions(Map.of(), Map.of(), Map.of(), Map.of());

    public CDefinitions {
        structures = ordered(structures);
        enumerations = ordered(enumerations);
        typedefs = ordered(typedefs);
        constants = ordered(constants);
    }

    private static <T> Map<String, T> ordered(Map<String, T> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    @Override
    public Optional<CStructure> structure(String name) {
        return Optional.ofNullable(structures.get(name));
    }

    @Override
    public Optional<CEnumeration> enumeration(String name) {
        return Optional.ofNullable(enumerations.get(name));
    }

    @Override
    public Optional<CType> typedef(String name) {
        return Optional.ofNullable(typedefs.get(name));
    }
}
