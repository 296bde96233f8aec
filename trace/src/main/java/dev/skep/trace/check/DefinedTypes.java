package dev.skep.trace.check;

import dev.skep.trace.cdefinition.CEnumeration;
import dev.skep.trace.cdefinition.CMember;
import dev.skep.trace.cdefinition.CStructure;
import dev.skep.trace.cdefinition.CType;
import dev.skep.trace.cdefinition.CTypes;
import dev.skep.trace.system.Tracepoints;
import dev.skep.trace.type.AddressSpace;
import dev.skep.trace.type.TraceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Takes types from where they are defined in C. */
final class DefinedTypes {
    private static final TraceType.Number BYTE = new TraceType.Number(1, false);

    private final CTypes definitions;
    private final Function<String, Optional<TraceType>> elsewhere;
    private final String where;
    private final Map<String, CStructure> anonymous = new HashMap<>();

    /**
     * @param elsewhere finds types by full name that are not defined here
     * @param where tells structures without names from those that are defined elsewhere: {@code " of ./program"}
     */
    DefinedTypes(CTypes definitions, Function<String, Optional<TraceType>> elsewhere, String where) {
        this.definitions = definitions;
        this.elsewhere = elsewhere;
        this.where = where;
    }

    /** A type by its name with its keyword. */
    Optional<TraceType> named(String fullName) {
        return definitions
                .structure(fullName)
                .<TraceType>map(DefinedTypes::structure)
                .or(() -> definitions.enumeration(fullName).map(DefinedTypes::enumeration))
                .or(() -> definitions.typedef(fullName).map(this::type));
    }

    private static TraceType.Structure structure(CStructure structure) {
        return new TraceType.Structure(structure.name(), structure.size(), structure.alignment());
    }

    private static TraceType enumeration(CEnumeration enumeration) {
        return new TraceType.Enumeration(enumeration.name(), enumeration.size(), enumeration.signed());
    }

    /** A type as scripts have it. */
    TraceType type(CType type) {
        return switch (type) {
            case CType.Nothing nothing -> new TraceType.Nothing();
            case CType.Number number -> new TraceType.Number(number.size(), number.signed());
            case CType.Truth truth -> new TraceType.Truth();
            case CType.Fraction fraction -> new TraceType.Array(BYTE, fraction.size());
            case CType.Pointer pointer -> new TraceType.Pointer(type(pointer.target()), AddressSpace.UNKNOWN);
            case CType.Array array ->
                array.element() instanceof CType.Number element && element.character()
                        ? new TraceType.Text((int) array.length())
                        : new TraceType.Array(type(array.element()), (int) array.length());
            case CType.Named named -> byName(named.name());
            case CType.Anonymous inner -> {
                String name = inner.structure().name() + " (anonymous " + anonymous.size() + where + ")";
                anonymous.put(name, inner.structure());
                yield new TraceType.Structure(
                        name, inner.structure().size(), inner.structure().alignment());
            }
            case CType.Function function -> new TraceType.Nothing();
        };
    }

    private TraceType byName(String name) {
        return named(name)
                .or(() -> elsewhere.apply(name))
                .orElseGet(() -> name.contains(" ") ? new TraceType.Structure(name, 0, 1) : new TraceType.Nothing());
    }

    /** The members of a structure that is defined here. */
    Optional<List<Structures.Member>> members(String fullName) {
        return definitions
                .structure(fullName)
                .or(() -> Optional.ofNullable(anonymous.get(fullName)))
                .map(structure -> {
                    List<Structures.Member> members = new ArrayList<>();
                    add(structure, 0, members);
                    return members;
                });
    }

    private void add(CStructure structure, long start, List<Structures.Member> members) {
        for (CMember member : structure.members()) {
            long bit = start + member.bitOffset();
            if (member.name().isEmpty() && member.type() instanceof CType.Anonymous inner) {
                add(inner.structure(), bit, members);
            } else {
                members.add(member(member, bit));
            }
        }
    }

    private Structures.Member member(CMember member, long bit) {
        TraceType type = type(member.type());
        if (!member.isBitField()) {
            return new Structures.Member(
                    member.name(), type, (int) (bit / 8), Optional.empty(), Tracepoints.Location.HERE);
        }
        long unit = 8L * type.size();
        long first = bit / unit * unit;
        return new Structures.Member(
                member.name(),
                type,
                (int) (first / 8),
                Optional.of(new Structures.Bits((int) (bit - first), member.bits())),
                Tracepoints.Location.HERE);
    }

    /** The enumeration that has a constant, with its number. */
    Optional<Structures.Constant> constant(String name) {
        Long value = definitions.constants().get(name);
        if (value == null) {
            return Optional.empty();
        }
        TraceType type = definitions.enumerations().values().stream()
                .filter(each -> each.constants().containsKey(name))
                .findFirst()
                .map(DefinedTypes::enumeration)
                .orElseGet(() -> Promotion.smallest(value, false));
        return Optional.of(new Structures.Constant(type, value));
    }

    /** The names of the numbers of an enumeration that is defined here. */
    Optional<Map<Long, String>> enumerators(String fullName) {
        return definitions.enumeration(fullName).map(enumeration -> {
            Map<Long, String> names = new HashMap<>();
            enumeration.constants().forEach((name, value) -> names.putIfAbsent(value, name));
            return names;
        });
    }
}
