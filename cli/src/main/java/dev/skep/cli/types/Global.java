package dev.skep.cli.types;

import dev.skep.object.BpfObject;
import dev.skep.object.btf.BtfType;
import dev.skep.object.map.MapSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * A global variable of a program, as the object's BTF describes it.
 *
 * @param name in the source
 * @param map the map that holds it, named after its section
 * @param typeId id of its type in the object's BTF
 * @param offset in the map's value, in bytes
 * @param size in bytes
 */
public record Global(String name, MapSpec map, int typeId, int offset, int size) {

    /** All globals of an object, in the order of sections and offsets; those of objects without BTF are not known. */
    public static List<Global> of(BpfObject object) {
        List<Global> globals = new ArrayList<>();
        for (MapSpec map : object.maps()) {
            if (holdsGlobals(map) && object.btf().type(map.dataSection()) instanceof BtfType.DataSection section) {
                for (BtfType.SectionVariable place : section.variables()) {
                    if (object.btf().type(place.type()) instanceof BtfType.Variable variable
                            && place.offset() >= 0
                            && place.size() >= 0
                            && place.offset() + (long) place.size() <= map.valueSize()) {
                        globals.add(new Global(variable.name(), map, variable.type(), place.offset(), place.size()));
                    }
                }
            }
        }
        return globals;
    }

    /** True for the maps that stand for sections of globals. */
    public static boolean holdsGlobals(MapSpec map) {
        return switch (map.role()) {
            case RODATA, DATA, BSS, KCONFIG -> true;
            case DECLARED, STRUCT_OPS, ARENA_GLOBALS -> false;
        };
    }
}
