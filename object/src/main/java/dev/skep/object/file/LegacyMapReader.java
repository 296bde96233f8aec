package dev.skep.object.file;

import dev.skep.object.Bytes;
import dev.skep.object.InputException;
import dev.skep.object.elf.Elf64;
import dev.skep.object.elf.Section;
import dev.skep.object.elf.Symbol;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reads the maps of a {@code maps} section: an array of {@code struct bpf_map_def}, one symbol each. libbpf understood it before
 * version 1.0; what iproute2 and kernel samples add behind the five known members must be zero.
 */
final class LegacyMapReader {
    /** type, key_size, value_size, max_entries, and mostly map_flags. */
    private static final int WITHOUT_FLAGS = 16;

    private static final int KNOWN = 20;
    private static final String ADVICE = "declare it in SEC(\".maps\") instead, with the members' names";

    private final ObjectInput input;

    LegacyMapReader(ObjectInput input) {
        this.input = input;
    }

    void readInto(ObjectMaps maps) {
        Optional<Section> found = input.elf()
                .section(SectionName.LEGACY_MAPS)
                .filter(s -> s.type() == Elf64.SHT_PROGBITS && s.size() > 0);
        if (found.isEmpty()) {
            return;
        }
        Section section = found.get();
        List<Symbol> symbols = input.elf().symbols().stream()
                .filter(s -> s.section() == section.index()
                        && s.type() != Elf64.STT_SECTION
                        && !s.name().isEmpty())
                .sorted(Comparator.comparingLong(Symbol::value))
                .toList();
        if (symbols.isEmpty() || section.size() % symbols.size() != 0) {
            throw wrong(section.size() + " bytes do not divide among " + symbols.size() + " maps");
        }
        int each = (int) (section.size() / symbols.size());
        if (each < WITHOUT_FLAGS || each % 4 != 0) {
            throw wrong("a map's definition is " + each + " bytes long, but struct bpf_map_def has at least 16");
        }
        for (int i = 0; i < symbols.size(); i++) {
            Symbol symbol = symbols.get(i);
            if (symbol.value() != (long) i * each) {
                throw wrong("map '" + symbol.name() + "' lies at offset " + symbol.value() + " instead of " + i * each);
            }
            if (maps.named(symbol.name()).isPresent()) {
                throw wrong("map '" + symbol.name() + "' is declared twice");
            }
            maps.addDeclared(read(symbol, section.content().slice(i * each, each)), section.index(), symbol.value());
        }
    }

    private MapSpec read(Symbol symbol, Bytes definition) {
        ByteBuffer words = ByteBuffer.wrap(definition.toArray()).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = KNOWN; at < definition.length(); at++) {
            if (definition.at(at) != 0) {
                throw wrong("map '" + symbol.name() + "' says something behind map_flags (at byte " + at
                        + "), as iproute2's struct bpf_elf_map does");
            }
        }
        int type = words.getInt(0);
        MapType mapType = MapType.of(type)
                .filter(t -> t != MapType.UNSPEC)
                .orElseThrow(() -> wrong("map '" + symbol.name() + "' has the unknown type " + type));
        MapSpec map = MapSpec.of(symbol.name(), mapType, words.getInt(4), words.getInt(8), words.getInt(12));
        return definition.length() >= KNOWN ? map.withFlags(words.getInt(16)) : map;
    }

    private InputException wrong(String problem) {
        return input.wrong(SectionName.LEGACY_MAPS, problem, ADVICE);
    }
}
