package dev.skep.compiler.java;

import dev.skep.compiler.type.CType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An enum: a value is the ordinal of its constant, null is -1.
 *
 * @param constants their names, by ordinal
 * @param fields values of instance fields that are numbers, by name, each by ordinal; those that are not constant are missing
 */
record EnumType(String className, List<String> constants, Map<String, List<Long>> fields) {
    /** The ordinal that stands for null. */
    static final int NULL = -1;

    EnumType {
        constants = List.copyOf(constants);
        fields = Map.copyOf(fields);
    }

    /** The ordinal of a constant. */
    Optional<Integer> ordinal(String constant) {
        int ordinal = constants.indexOf(constant);
        return ordinal < 0 ? Optional.empty() : Optional.of(ordinal);
    }

    /** As C has it. */
    CType.Enumeration type(String cName) {
        List<CType.Enumerator> enumerators = new ArrayList<>();
        for (String constant : constants) {
            enumerators.add(new CType.Enumerator(constant, enumerators.size()));
        }
        return new CType.Enumeration(cName, Integer.BYTES, false, enumerators);
    }
}
