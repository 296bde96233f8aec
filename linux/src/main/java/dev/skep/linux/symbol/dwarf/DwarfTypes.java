package dev.skep.linux.symbol.dwarf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes types of their entries. */
final class DwarfTypes {
    private static final int DW_ATE_BOOLEAN = 0x02;
    private static final int DW_ATE_FLOAT = 0x04;
    private static final int DW_ATE_SIGNED = 0x05;
    private static final int DW_ATE_SIGNED_CHAR = 0x06;
    private static final int DW_ATE_UNSIGNED_CHAR = 0x08;
    private static final int LARGEST = 1 << 30;

    private final DwarfIndex index;
    private final Map<Long, DwarfType> known = new HashMap<>();

    DwarfTypes(DwarfIndex index) {
        this.index = index;
    }

    DwarfType at(long place) {
        DwarfType type = known.get(place);
        if (type == null) {
            type = place == DwarfType.VOID
                    ? new DwarfType.Nothing()
                    : index.entry(place).map(this::read).orElseGet(DwarfType.Nothing::new);
            known.put(place, type);
        }
        return type;
    }

    /** The entries that belong to one. */
    List<Entry> children(Entry parent) {
        List<Entry> found = new ArrayList<>();
        long at = parent.end();
        while (parent.hasChildren() && at < parent.unit().end()) {
            Optional<Entry> child = index.entry(at);
            if (child.isEmpty()) {
                break;
            }
            found.add(child.get());
            at = index.behind(child.get());
        }
        return found;
    }

    /** What a function gets, by what is said of it or of what it is a copy of. */
    List<DwarfFunction.Parameter> parameters(Entry function) {
        Optional<Entry> at = Optional.of(function);
        for (int i = 0; i < DwarfIndex.LONGEST_CHAIN && at.isPresent(); i++) {
            List<DwarfFunction.Parameter> own = ownParameters(at.get());
            if (!own.isEmpty()) {
                return own;
            }
            at = index.origin(at.get());
        }
        return List.of();
    }

    private List<DwarfFunction.Parameter> ownParameters(Entry function) {
        List<DwarfFunction.Parameter> found = new ArrayList<>();
        for (Entry child : children(function)) {
            if (child.tag() == Tag.FORMAL_PARAMETER) {
                found.add(new DwarfFunction.Parameter(
                        index.said(child, Tag.AT_NAME).orElse(""),
                        index.typeOf(child).orElse(DwarfType.VOID)));
            }
        }
        return found;
    }

    private DwarfType read(Entry entry) {
        String name = entry.text(Tag.AT_NAME).orElse("");
        long target = entry.reference(Tag.AT_TYPE).orElse(DwarfType.VOID);
        return switch (entry.tag()) {
            case Tag.BASE_TYPE -> new DwarfType.Base(name, size(entry), encoding(entry));
            case Tag.POINTER_TYPE -> new DwarfType.Pointer(target, "*");
            case Tag.REFERENCE_TYPE -> new DwarfType.Pointer(target, "&");
            case Tag.RVALUE_REFERENCE_TYPE -> new DwarfType.Pointer(target, "&&");
            case Tag.CONST_TYPE -> new DwarfType.Qualified("const", target);
            case Tag.VOLATILE_TYPE -> new DwarfType.Qualified("volatile", target);
            case Tag.RESTRICT_TYPE -> new DwarfType.Qualified("restrict", target);
            case Tag.ATOMIC_TYPE -> new DwarfType.Qualified("_Atomic", target);
            case Tag.TYPEDEF -> new DwarfType.Typedef(name, target);
            case Tag.STRUCTURE_TYPE -> structure("struct", name, entry);
            case Tag.CLASS_TYPE -> structure("class", name, entry);
            case Tag.UNION_TYPE -> structure("union", name, entry);
            case Tag.ENUMERATION_TYPE -> enumeration(name, entry);
            case Tag.ARRAY_TYPE -> new DwarfType.Array(target, counts(entry));
            case Tag.SUBROUTINE_TYPE -> new DwarfType.Function();
            default -> new DwarfType.Nothing();
        };
    }

    private static int size(Entry entry) {
        long size = entry.number(Tag.AT_BYTE_SIZE).orElse(0L);
        return size < 0 || size > LARGEST ? 0 : (int) size;
    }

    private static DwarfType.Encoding encoding(Entry entry) {
        return switch (entry.number(Tag.AT_ENCODING).orElse(0L).intValue()) {
            case DW_ATE_BOOLEAN -> DwarfType.Encoding.TRUTH;
            case DW_ATE_FLOAT -> DwarfType.Encoding.FRACTION;
            case DW_ATE_SIGNED -> DwarfType.Encoding.SIGNED;
            case DW_ATE_SIGNED_CHAR -> DwarfType.Encoding.SIGNED_CHARACTER;
            case DW_ATE_UNSIGNED_CHAR -> DwarfType.Encoding.UNSIGNED_CHARACTER;
            default -> DwarfType.Encoding.UNSIGNED;
        };
    }

    private DwarfType structure(String keyword, String name, Entry entry) {
        List<DwarfType.Member> members = new ArrayList<>();
        for (Entry child : children(entry)) {
            boolean isStatic = child.tag() == Tag.MEMBER && child.has(Tag.AT_DECLARATION);
            if ((child.tag() == Tag.MEMBER || child.tag() == Tag.INHERITANCE) && !isStatic) {
                members.add(member(child));
            }
        }
        return new DwarfType.Structure(keyword, name, size(entry), entry.has(Tag.AT_DECLARATION), members);
    }

    private DwarfType.Member member(Entry entry) {
        String name = entry.text(Tag.AT_NAME).orElse("");
        long type = entry.reference(Tag.AT_TYPE).orElse(DwarfType.VOID);
        int bits = Math.clamp(entry.number(Tag.AT_BIT_SIZE).orElse(0L), 0, Long.SIZE);
        long start = 8L * Math.clamp(entry.addend(Tag.AT_DATA_MEMBER_LOCATION).orElse(0L), 0, LARGEST);
        Optional<Long> offset = entry.number(Tag.AT_DATA_BIT_OFFSET);
        if (offset.isPresent()) {
            return new DwarfType.Member(name, type, Math.clamp(offset.get(), 0, 8L * LARGEST), bits);
        }
        Optional<Long> fromTop =
                entry.number(Tag.AT_BIT_OFFSET); // DWARF 2 and 3: from the most significant bit of the unit
        if (bits > 0 && fromTop.isPresent()) {
            long unit = entry.number(Tag.AT_BYTE_SIZE).orElse((long) sizeOf(type));
            start = Math.clamp(start + 8L * Math.clamp(unit, 0, LARGEST) - fromTop.get() - bits, 0, 8L * LARGEST);
        }
        return new DwarfType.Member(name, type, start, bits);
    }

    /** Of the number that a bit field is of. */
    private int sizeOf(long type) {
        DwarfType at = at(type);
        for (int i = 0; i < Long.BYTES && !(at instanceof DwarfType.Base); i++) {
            at = switch (at) {
                case DwarfType.Typedef(String _, long target) -> at(target);
                case DwarfType.Qualified(String _, long target) -> at(target);
                case DwarfType.Enumeration enumeration ->
                    new DwarfType.Base("", enumeration.size(), DwarfType.Encoding.UNSIGNED);
                default -> at;
            };
        }
        return at instanceof DwarfType.Base base ? base.size() : 0;
    }

    private DwarfType enumeration(String name, Entry entry) {
        Map<String, Long> constants = new LinkedHashMap<>();
        for (Entry child : children(entry)) {
            if (child.tag() == Tag.ENUMERATOR) {
                child.text(Tag.AT_NAME)
                        .ifPresent(constant -> constants.put(
                                constant, child.number(Tag.AT_CONST_VALUE).orElse(0L)));
            }
        }
        boolean signed = constants.values().stream().anyMatch(value -> value < 0);
        return new DwarfType.Enumeration(name, size(entry), signed, constants);
    }

    private List<Long> counts(Entry entry) {
        List<Long> counts = new ArrayList<>();
        for (Entry child : children(entry)) {
            if (child.tag() == Tag.SUBRANGE_TYPE) {
                long count = child.number(Tag.AT_COUNT)
                        .or(() -> child.number(Tag.AT_UPPER_BOUND).map(last -> last + 1))
                        .orElse(0L);
                counts.add((long) Math.clamp(count, 0, LARGEST));
            }
        }
        return counts.isEmpty() ? List.of(0L) : counts;
    }
}
