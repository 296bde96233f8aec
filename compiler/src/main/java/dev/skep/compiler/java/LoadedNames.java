package dev.skep.compiler.java;

import dev.skep.compiler.unit.MapDeclaration;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import java.lang.classfile.ClassModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What loaders know by its name alone: maps, and fields that are set before loading. */
final class LoadedNames {
    /** Where a field is declared. */
    private record Place(String owner, String file, int line) {}

    /** A map with its place. */
    private record PlacedMap(MapDeclaration map, Place place) {}

    private final Findings findings;
    private final Map<String, Place> places = new HashMap<>();
    private final List<PlacedMap> maps = new ArrayList<>();

    LoadedNames(Findings findings) {
        this.findings = findings;
    }

    /** A configurable field; another one of its name is a finding. */
    void add(String name, ClassModel owner) {
        place(name, owner);
    }

    /** A map; another one of its name is a finding. */
    void add(MapDeclaration map, ClassModel owner) {
        maps.add(new PlacedMap(map, place(map.name(), owner)));
    }

    private Place place(String name, ClassModel model) {
        String owner = model.thisClass().asInternalName();
        Place place = new Place(owner, ClassPool.sourceFile(model), StaticInitializer.line(model, name));
        Place first = places.putIfAbsent(name, place);
        if (first != null) {
            refuse(
                    place,
                    ClassPool.simpleName(owner) + "." + name,
                    ClassPool.simpleName(first.owner()) + " has a field of this name, too, and maps and configurable"
                            + " fields are known by their names alone when they are loaded",
                    "rename one of them");
        }
        return place;
    }

    /** Looks whether there is everything that {@code @Slots} names. @param programs names of programs */
    void checkSlots(Set<String> programs) {
        Set<String> mapNames = maps.stream().map(placed -> placed.map().name()).collect(Collectors.toSet());
        for (PlacedMap placed : maps) {
            boolean ofPrograms = placed.map().type() == MapType.PROG_ARRAY;
            for (MapSpec.InitialSlot slot : placed.map().values()) {
                if (!(ofPrograms ? programs : mapNames).contains(slot.target())) {
                    refuse(
                            placed.place(),
                            "@Slots(\"" + slot.target() + "\") of "
                                    + placed.map().name(),
                            ofPrograms
                                    ? "the class has no program of this name"
                                    : "no map of this name is declared in the class or used by its programs",
                            ofPrograms ? "name the method of a program" : "name the field of a map");
                }
            }
        }
    }

    private void refuse(Place place, String what, String why, String instead) {
        findings.add(place.file(), place.line(), new Refusal(what, why, instead));
    }
}
