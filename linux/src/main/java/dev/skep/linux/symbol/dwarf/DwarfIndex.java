package dev.skep.linux.symbol.dwarf;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where functions and types are described, by name: those of files and namespaces, not those that are inside of others. */
final class DwarfIndex {
    /** How often what one entry says is found in another that it names. */
    static final int LONGEST_CHAIN = 8;

    private final DebugSections sections;
    private final TreeMap<Long, Unit> units = new TreeMap<>();
    private final Map<String, Long> functions = new HashMap<>();
    private final Map<String, Long> types = new HashMap<>();

    DwarfIndex(DebugSections sections) {
        this.sections = sections;
        Map<Long, Map<Long, Abbreviation>> tables = new HashMap<>();
        for (long at = 0; at < sections.info().size(); ) {
            Unit unit = Unit.read(sections, at, tables);
            units.put(at, unit);
            at = unit.end();
        }
        units.values().forEach(this::add);
    }

    private void add(Unit unit) {
        int depth = 0;
        long at = unit.first();
        while (at < unit.end()) {
            Optional<Entry> found = Entry.read(sections, unit, at);
            if (found.isEmpty()) {
                at++;
                if (--depth <= 0) {
                    return;
                }
                continue;
            }
            Entry entry = found.get();
            boolean isScope = depth == 0 || entry.tag() == Tag.NAMESPACE;
            if (isScope && entry.hasChildren()) {
                depth++;
                at = entry.end();
            } else {
                add(entry);
                at = behind(entry);
            }
        }
    }

    private void add(Entry entry) {
        switch (entry.tag()) {
            case Tag.SUBPROGRAM -> {
                if (!entry.has(Tag.AT_DECLARATION)) {
                    said(entry, Tag.AT_NAME).ifPresent(name -> functions.putIfAbsent(name, entry.at()));
                    said(entry, Tag.AT_LINKAGE_NAME)
                            .or(() -> said(entry, Tag.AT_MIPS_LINKAGE_NAME))
                            .ifPresent(name -> functions.putIfAbsent(name, entry.at()));
                }
            }
            case Tag.STRUCTURE_TYPE, Tag.CLASS_TYPE -> addType("struct ", entry);
            case Tag.UNION_TYPE -> addType("union ", entry);
            case Tag.ENUMERATION_TYPE -> addType("enum ", entry);
            case Tag.TYPEDEF, Tag.BASE_TYPE -> addType("", entry);
            default -> {
                // variables, and types that have no names
            }
        }
    }

    private void addType(String keyword, Entry entry) {
        if (!entry.has(Tag.AT_DECLARATION)) {
            entry.text(Tag.AT_NAME).ifPresent(name -> types.putIfAbsent(keyword + name, entry.at()));
        }
    }

    /** Where the entry after one and its children is. */
    long behind(Entry entry) {
        if (!entry.hasChildren()) {
            return entry.end();
        }
        Optional<Long> sibling = entry.reference(Tag.AT_SIBLING);
        if (sibling.isPresent()
                && sibling.get() > entry.at()
                && sibling.get() <= entry.unit().end()) {
            return sibling.get();
        }
        long at = entry.end();
        for (int depth = 1; depth > 0 && at < entry.unit().end(); ) {
            Optional<Entry> next = Entry.read(sections, entry.unit(), at);
            if (next.isEmpty()) {
                depth--;
                at++;
            } else {
                depth += next.get().hasChildren() ? 1 : 0;
                at = next.get().end();
            }
        }
        return at;
    }

    /** The entry at a place; empty if no unit is there. */
    Optional<Entry> entry(long at) {
        Map.Entry<Long, Unit> unit = units.floorEntry(at);
        if (unit == null
                || at < unit.getValue().first()
                || at >= unit.getValue().end()) {
            return Optional.empty();
        }
        return Entry.read(sections, unit.getValue(), at);
    }

    /** The entry that says more of another: its declaration, or the function that it is a copy of. */
    Optional<Entry> origin(Entry entry) {
        return entry.reference(Tag.AT_ABSTRACT_ORIGIN)
                .or(() -> entry.reference(Tag.AT_SPECIFICATION))
                .flatMap(this::entry);
    }

    /** A text of an entry or of what it comes from. */
    Optional<String> said(Entry entry, int attribute) {
        Optional<Entry> at = Optional.of(entry);
        for (int i = 0; i < LONGEST_CHAIN && at.isPresent(); i++) {
            Optional<String> text = at.get().text(attribute);
            if (text.isPresent()) {
                return text;
            }
            at = origin(at.get());
        }
        return Optional.empty();
    }

    /** The type of an entry or of what it comes from. */
    Optional<Long> typeOf(Entry entry) {
        Optional<Entry> at = Optional.of(entry);
        for (int i = 0; i < LONGEST_CHAIN && at.isPresent(); i++) {
            Optional<Long> type = at.get().reference(Tag.AT_TYPE);
            if (type.isPresent()) {
                return type;
            }
            at = origin(at.get());
        }
        return Optional.empty();
    }

    /** A function. @param name as in the source, or as in the symbol table */
    Optional<Entry> function(String name) {
        return Optional.ofNullable(functions.get(name)).flatMap(this::entry);
    }

    /** Where a type is. @param name with its keyword, if it has one: {@code struct point} */
    Optional<Long> type(String name) {
        return Optional.ofNullable(types.get(name));
    }
}
