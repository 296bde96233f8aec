package dev.skep.object.file;

import dev.skep.object.btf.BtfBuilder;
import dev.skep.object.btf.BtfType;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import java.util.ArrayList;
import java.util.List;

/** Makes the struct type that declares a map, the inverse of {@link BtfMapDefinition}. */
final class MapDeclarationTypes {
    private static final int POINTER_BITS = 64;
    private static final String VALUES = "values";

    private final BtfBuilder types;
    private int intType;
    private int indexType;

    MapDeclarationTypes(BtfBuilder types) {
        this.types = types;
    }

    /** @return the id of a new struct that declares {@code map} */
    int declare(MapSpec map) {
        List<BtfType.Member> members = new ArrayList<>();
        number(members, "type", map.type().number());
        type(members, "key", map.keyType(), map.keySize());
        boolean hasValues = map.inner().isPresent() || isProgramArrayWithValues(map);
        if (!hasValues) {
            type(members, "value", map.valueType(), map.valueSize());
        }
        numberUnlessZero(members, "max_entries", map.maxEntries());
        numberUnlessZero(members, "map_flags", map.flags());
        if (map.mapExtra() != 0) {
            member(members, "map_extra", enumeration(map.name(), map.mapExtra()));
        }
        if (map.numaNode() >= 0) {
            number(members, "numa_node", map.numaNode());
        }
        numberUnlessZero(members, "pinning", map.pinning().ordinal());
        if (hasValues) {
            int element = map.inner().map(this::declare).orElseGet(this::programPrototype);
            int pointer = types.add(new BtfType.Pointer(element));
            member(members, VALUES, types.add(new BtfType.Array(pointer, indexType(), 0)));
        }
        int size = members.size() * 8 - (hasValues ? 8 : 0);
        return types.add(new BtfType.Composite("", false, size, members));
    }

    private static boolean isProgramArrayWithValues(MapSpec map) {
        return map.type() == MapType.PROG_ARRAY && !map.values().isEmpty();
    }

    private void type(List<BtfType.Member> members, String name, int id, int size) {
        if (id != 0) {
            member(members, name, types.add(new BtfType.Pointer(id)));
        } else {
            numberUnlessZero(members, name + "_size", size);
        }
    }

    private void numberUnlessZero(List<BtfType.Member> members, String name, int value) {
        if (value != 0) {
            number(members, name, value);
        }
    }

    private void number(List<BtfType.Member> members, String name, int value) {
        int array = types.add(new BtfType.Array(intType(), indexType(), value));
        member(members, name, types.add(new BtfType.Pointer(array)));
    }

    private static void member(List<BtfType.Member> members, String name, int type) {
        members.add(new BtfType.Member(name, type, members.size() * POINTER_BITS, 0));
    }

    /** What {@code __ulong} makes: the number is the only value of an enumeration. */
    private int enumeration(String map, long value) {
        var enumerator = new BtfType.Enumerator("__unique_value_" + map.replace('.', '_'), value);
        return types.add(new BtfType.Enumeration("", 8, true, false, List.of(enumerator)));
    }

    /** {@code int (void *)}. */
    private int programPrototype() {
        int context = types.add(new BtfType.Pointer(0));
        return types.add(new BtfType.FunctionPrototype(intType(), List.of(new BtfType.Parameter("", context)), false));
    }

    private int intType() {
        if (intType == 0) {
            intType = existingOrNew(new BtfType.Int("int", 4, true, false, false, 0, 32));
        }
        return intType;
    }

    private int indexType() {
        if (indexType == 0) {
            indexType = existingOrNew(new BtfType.Int("__ARRAY_SIZE_TYPE__", 4, false, false, false, 0, 32));
        }
        return indexType;
    }

    private int existingOrNew(BtfType type) {
        for (int id = 1; id < types.typeCount(); id++) {
            if (types.type(id).equals(type)) {
                return id;
            }
        }
        return types.add(type);
    }
}
