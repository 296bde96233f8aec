package dev.skep.object.file;

import dev.skep.object.map.MapSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The maps found in a file so far, and where in the file each lies, so that relocations find them. */
final class ObjectMaps {
    /** A place where a map is declared. @param section ELF section index */
    private record Place(int section, long offset) {}

    private final Map<String, MapSpec> byName = new LinkedHashMap<>();
    private final Map<Place, String> declarations = new HashMap<>();
    private final Map<Integer, String> sectionsOfGlobals = new HashMap<>();

    /** Adds a map declared at an offset of a section. */
    void addDeclared(MapSpec map, int section, long offset) {
        add(map);
        declarations.put(new Place(section, offset), map.name());
    }

    /** Adds the map that stands for a section of globals. */
    void addGlobals(MapSpec map, int section) {
        add(map);
        sectionsOfGlobals.put(section, map.name());
    }

    /** Adds a map that no relocation refers to. */
    void add(MapSpec map) {
        byName.put(map.name(), map);
    }

    /** Puts {@code map} in the place of the one with the same name. */
    void replace(MapSpec map) {
        byName.put(map.name(), map);
    }

    /** The map declared exactly there. */
    Optional<MapSpec> declaredAt(int section, long offset) {
        return Optional.ofNullable(declarations.get(new Place(section, offset))).map(byName::get);
    }

    /** The map that stands for this section of globals. */
    Optional<MapSpec> ofSection(int section) {
        return Optional.ofNullable(sectionsOfGlobals.get(section)).map(byName::get);
    }

    Optional<MapSpec> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** In the order in which they were added. */
    List<MapSpec> list() {
        return new ArrayList<>(byName.values());
    }
}
