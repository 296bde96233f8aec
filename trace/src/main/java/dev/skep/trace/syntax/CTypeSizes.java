package dev.skep.trace.syntax;

import dev.skep.trace.cdefinition.CEnumeration;
import dev.skep.trace.cdefinition.CLayout;
import dev.skep.trace.cdefinition.CStructure;
import dev.skep.trace.cdefinition.CType;
import dev.skep.trace.cdefinition.KnownTypes;
import dev.skep.trace.source.Span;
import java.util.Map;

/** How many bytes types take on 64-bit Linux. */
final class CTypeSizes {
    private static final int POINTER = 8;

    private final CTokens tokens;
    private final Map<String, CStructure> structures;
    private final Map<String, CEnumeration> enumerations;
    private final KnownTypes known;

    CTypeSizes(
            CTokens tokens,
            Map<String, CStructure> structures,
            Map<String, CEnumeration> enumerations,
            KnownTypes known) {
        this.tokens = tokens;
        this.structures = structures;
        this.enumerations = enumerations;
        this.known = known;
    }

    /** The layout of a type. @throws SyntaxError if it is not known, having said so */
    CLayout of(CType type, Span place) {
        return switch (type) {
            case CType.Number number -> new CLayout(number.size(), number.size());
            case CType.Truth ignored -> new CLayout(1, 1);
            case CType.Fraction fraction -> new CLayout(fraction.size(), fraction.size());
            case CType.Pointer ignored -> new CLayout(POINTER, POINTER);
            case CType.Array array -> array(array, place);
            case CType.Anonymous anonymous ->
                new CLayout(anonymous.structure().size(), anonymous.structure().alignment());
            case CType.Named named -> named(named.name(), place);
            case CType.Nothing ignored -> throw tokens.error(place, "a member cannot be void");
            case CType.Function ignored -> throw tokens.error(place, "a member cannot be a function");
        };
    }

    private CLayout array(CType.Array array, Span place) {
        CLayout element = of(array.element(), place);
        long size = element.size() * array.length();
        if (size > Integer.MAX_VALUE) {
            throw tokens.error(place, "an array of " + size + " bytes is too large");
        }
        return new CLayout((int) size, element.alignment());
    }

    private CLayout named(String name, Span place) {
        CStructure structure = structures.get(name);
        if (structure != null) {
            return new CLayout(structure.size(), structure.alignment());
        }
        CEnumeration enumeration = enumerations.get(name);
        if (enumeration != null) {
            return new CLayout(enumeration.size(), enumeration.size());
        }
        return known.layout(name)
                .orElseThrow(() -> tokens.error(
                        place, "the size of '" + name + "' is not known", "define it before, or use a pointer to it"));
    }

    /** An enumeration is as large as its values need, at least 4 bytes unless packed. */
    static CEnumeration enumeration(String name, Map<String, Long> constants, boolean packed) {
        long least =
                constants.values().stream().mapToLong(Long::longValue).min().orElse(0);
        long most = constants.values().stream().mapToLong(Long::longValue).max().orElse(0);
        boolean signed = least < 0;
        int size = packed ? 1 : 4;
        while (size < 8 && !fits(least, most, size * 8, signed)) {
            size *= 2;
        }
        return new CEnumeration(name, size, signed, constants);
    }

    private static boolean fits(long least, long most, int bits, boolean signed) {
        if (signed) {
            return least >= -(1L << (bits - 1)) && most < 1L << (bits - 1);
        }
        return most < 1L << bits;
    }
}
