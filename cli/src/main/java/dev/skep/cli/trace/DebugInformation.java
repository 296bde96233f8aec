package dev.skep.cli.trace;

import dev.skep.linux.symbol.dwarf.DwarfFunction;
import dev.skep.linux.symbol.dwarf.DwarfInfo;
import dev.skep.linux.symbol.dwarf.DwarfType;
import dev.skep.trace.cdefinition.CEnumeration;
import dev.skep.trace.cdefinition.CFunction;
import dev.skep.trace.cdefinition.CMember;
import dev.skep.trace.cdefinition.CStructure;
import dev.skep.trace.cdefinition.CType;
import dev.skep.trace.system.DebugTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The types of a program as C has them, which is how scripts do. What C++ calls a class is a structure. */
final class DebugInformation implements DebugTypes {
    /** Types that are nested deeper are a mistake, or one in itself. */
    private static final int DEEPEST = 32;

    private static final String STRUCT = "struct ";
    private static final String UNION = "union ";

    private final DwarfInfo info;

    /** @param info stays open: it is the caller's */
    DebugInformation(DwarfInfo info) {
        this.info = info;
    }

    @Override
    public Optional<CFunction> function(String symbol) {
        return info.function(symbol)
                .map(function -> new CFunction(
                        symbol,
                        function.parameters().stream().map(this::parameter).toList()));
    }

    private CFunction.Parameter parameter(DwarfFunction.Parameter parameter) {
        return new CFunction.Parameter(parameter.name(), type(parameter.type(), 0), written(parameter.type(), 0));
    }

    private Optional<DwarfType> found(String name) {
        OptionalLong place = info.find(name);
        return place.isPresent() ? Optional.of(info.type(place.getAsLong())) : Optional.empty();
    }

    @Override
    public Optional<CStructure> structure(String name) {
        return found(name)
                .or(() -> withoutName(name))
                .filter(DwarfType.Structure.class::isInstance)
                .map(type -> structure((DwarfType.Structure) type, name, 0));
    }

    /** One that has no name but by {@code typedef}, which is then taken for it. */
    private Optional<DwarfType> withoutName(String name) {
        String keyword = name.startsWith(STRUCT) ? STRUCT : UNION;
        return name.startsWith(keyword)
                ? found(name.substring(keyword.length()))
                        .filter(DwarfType.Typedef.class::isInstance)
                        .map(type -> info.type(((DwarfType.Typedef) type).target()))
                        .filter(type -> type instanceof DwarfType.Structure structure
                                && structure.name().isEmpty()
                                && keyword(structure).equals(keyword))
                : Optional.empty();
    }

    @Override
    public Optional<CEnumeration> enumeration(String name) {
        return found(name)
                .filter(DwarfType.Enumeration.class::isInstance)
                .map(DwarfType.Enumeration.class::cast)
                .map(type -> new CEnumeration(name, type.size(), type.signed(), type.constants()));
    }

    @Override
    public Optional<CType> typedef(String name) {
        OptionalLong place = name.contains(" ") ? OptionalLong.empty() : info.find(name);
        return place.isPresent() ? Optional.of(type(place.getAsLong(), 0)) : Optional.empty();
    }

    private static String keyword(DwarfType.Structure structure) {
        return structure.keyword().equals("union") ? UNION : STRUCT;
    }

    private CType type(long place, int depth) {
        if (depth > DEEPEST) {
            return new CType.Nothing();
        }
        return switch (info.type(place)) {
            case DwarfType.Nothing _ -> new CType.Nothing();
            case DwarfType.Base base -> number(base);
            case DwarfType.Pointer(long target, String _) -> new CType.Pointer(type(target, depth + 1));
            case DwarfType.Qualified(String _, long target) -> type(target, depth + 1);
            case DwarfType.Typedef(String name, long target) ->
                info.type(target) instanceof DwarfType.Structure structure
                                && structure.name().isEmpty()
                        ? new CType.Named(keyword(structure) + name)
                        : type(target, depth + 1);
            case DwarfType.Structure structure ->
                structure.name().isEmpty()
                        ? anonymous(structure, depth + 1)
                        : new CType.Named(keyword(structure) + structure.name());
            case DwarfType.Enumeration enumeration ->
                new CType.Number(enumeration.size(), enumeration.signed(), false); // shown as one
            case DwarfType.Array(long element, List<Long> counts) -> {
                CType array = type(element, depth + 1);
                for (long count : counts.reversed()) {
                    array = new CType.Array(array, count);
                }
                yield array;
            }
            case DwarfType.Function _ -> new CType.Function();
        };
    }

    private static CType number(DwarfType.Base base) {
        return switch (base.encoding()) {
            case SIGNED -> new CType.Number(base.size(), true, false);
            case UNSIGNED, TRUTH -> new CType.Number(base.size(), false, false);
            case SIGNED_CHARACTER -> new CType.Number(base.size(), true, base.size() == 1);
            case UNSIGNED_CHARACTER -> new CType.Number(base.size(), false, false); // bytes, more often than text
            case FRACTION -> new CType.Fraction(base.size());
        };
    }

    private CType anonymous(DwarfType.Structure structure, int depth) {
        return new CType.Anonymous(structure(structure, keyword(structure).strip(), depth));
    }

    private CStructure structure(DwarfType.Structure structure, String name, int depth) {
        List<CMember> members = new ArrayList<>();
        for (DwarfType.Member member : structure.members()) {
            // Members of what is inherited, or has no name, are those of the structure itself.
            boolean mayBeInner = member.name().isEmpty() && depth < DEEPEST;
            CType type = mayBeInner && info.type(member.type()) instanceof DwarfType.Structure inner
                    ? anonymous(inner, depth + 1)
                    : type(member.type(), depth + 1);
            members.add(new CMember(member.name(), type, member.bitOffset(), member.bits()));
        }
        int alignment = Math.clamp(Integer.lowestOneBit(structure.size()), 1, Long.BYTES); // it is nowhere said
        return new CStructure(name, structure.size(), alignment, members);
    }

    private String written(long place, int depth) {
        if (depth > DEEPEST) {
            return "?";
        }
        return switch (info.type(place)) {
            case DwarfType.Nothing _ -> "void";
            case DwarfType.Base base -> base.name();
            case DwarfType.Pointer(long target, String sign) -> written(target, depth + 1) + sign;
            case DwarfType.Qualified(String word, long target) -> word + " " + written(target, depth + 1);
            case DwarfType.Typedef(String name, long _) -> name;
            case DwarfType.Structure structure -> structure.keyword() + " " + structure.name();
            case DwarfType.Enumeration enumeration -> "enum " + enumeration.name();
            case DwarfType.Array(long element, List<Long> counts) -> {
                StringBuilder text = new StringBuilder(written(element, depth + 1));
                counts.forEach(count -> text.append('[').append(count).append(']'));
                yield text.toString();
            }
            case DwarfType.Function _ -> "void ()";
        };
    }
}
