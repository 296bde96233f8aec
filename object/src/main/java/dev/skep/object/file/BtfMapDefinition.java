package dev.skep.object.file;

import dev.skep.object.Bytes;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfLayout;
import dev.skep.object.btf.BtfType;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapSpec.Pinning;
import dev.skep.object.map.MapType;
import java.util.List;
import java.util.Optional;

/**
 * The meaning of a struct that declares a map, as in {@code struct { __uint(type, BPF_MAP_TYPE_HASH); ... } m SEC(".maps")}:
 * numbers are lengths of arrays pointed to ({@code __uint}), or the only value of an enumeration ({@code __ulong}); types are
 * types pointed to ({@code __type}). As libbpf's {@code parse_btf_map_def} does it.
 */
public final class BtfMapDefinition {
    private final Btf btf;
    private final Location where;
    private final String name;
    private final boolean isInner;

    private int type;
    private int keySize;
    private int valueSize;
    private int keyType;
    private int valueType;
    private int maxEntries;
    private int flags;
    private long mapExtra;
    private int numaNode = -1;
    private Pinning pinning = Pinning.NONE;
    private Optional<MapSpec> inner = Optional.empty();

    private BtfMapDefinition(Btf btf, String name, Location where, boolean isInner) {
        this.btf = btf;
        this.name = name;
        this.where = where;
        this.isInner = isInner;
    }

    /**
     * Reads a declaration.
     *
     * @param definition the struct, of {@code btf}
     * @param name the map's name
     * @param where the declaring section, for messages
     * @return the map, without the initial slots that relocations of the section may give it
     * @throws InputException naming the map and the member if the declaration makes no sense
     */
    public static MapSpec parse(Btf btf, BtfType.Composite definition, String name, Location where) {
        return new BtfMapDefinition(btf, name, where, false).parse(definition);
    }

    private MapSpec parse(BtfType.Composite definition) {
        List<BtfType.Member> members = definition.members();
        for (int i = 0; i < members.size(); i++) {
            boolean last = i == members.size() - 1;
            member(members.get(i), last);
        }
        if (type == 0) {
            throw wrong("has no type", "say __uint(type, BPF_MAP_TYPE_...)");
        }
        MapType mapType = MapType.of(type).orElseThrow(() -> wrong("has the unknown type " + type, "see linux/bpf.h"));
        return new MapSpec(
                name,
                MapSpec.Role.DECLARED,
                mapType,
                keySize,
                valueSize,
                maxEntries,
                flags,
                mapExtra,
                numaNode,
                pinning,
                inner,
                keyType,
                valueType,
                Bytes.EMPTY,
                List.of(),
                0);
    }

    private void member(BtfType.Member member, boolean last) {
        switch (member.name()) {
            case "type" -> type = number(member);
            case "max_entries" -> maxEntries = number(member);
            case "map_flags" -> flags = number(member);
            case "numa_node" -> numaNode = number(member);
            case "map_extra" -> mapExtra = longNumber(member);
            case "key_size" -> keySize = agreed("key", keySize, number(member));
            case "value_size" -> valueSize = agreed("value", valueSize, number(member));
            case "key" -> {
                keyType = pointee(member, "key");
                keySize = agreed("key", keySize, size(keyType, "key"));
            }
            case "value" -> {
                valueType = pointee(member, "value");
                valueSize = agreed("value", valueSize, size(valueType, "value"));
            }
            case "values" -> values(member, last);
            case "pinning" -> pinning = pinning(number(member));
            default ->
                throw wrong(
                        "has the unknown member '" + member.name() + "'", "see bpf_helpers.h for what a map may have");
        }
    }

    private int number(BtfType.Member member) {
        if (btf.type(btf.strip(member.type())) instanceof BtfType.Pointer pointer
                && btf.type(btf.strip(pointer.target())) instanceof BtfType.Array array) {
            return array.length();
        }
        throw wrong(
                "says '" + member.name() + "' with something that is no number",
                "use __uint(" + member.name() + ", N)");
    }

    private long longNumber(BtfType.Member member) {
        if (btf.type(btf.strip(member.type())) instanceof BtfType.Enumeration enumeration) {
            if (enumeration.enumerators().size() == 1) {
                return enumeration.enumerators().getFirst().value();
            }
            throw wrong("says '" + member.name() + "' with several values", "use __ulong(" + member.name() + ", N)");
        }
        return Integer.toUnsignedLong(number(member));
    }

    private int pointee(BtfType.Member member, String what) {
        if (btf.type(member.type()) instanceof BtfType.Pointer pointer) {
            return pointer.target();
        }
        throw wrong("says its " + what + " with something that is no type", "use __type(" + what + ", ...)");
    }

    private int size(int id, String what) {
        try {
            return new BtfLayout(btf).size(id);
        } catch (InputException e) {
            throw wrong("has a " + what + " whose size is not known: " + e.problem(), "include its definition");
        }
    }

    private int agreed(String what, int before, int now) {
        if (before != 0 && before != now) {
            throw wrong(
                    "has two sizes for its " + what + ": " + before + " and " + now,
                    "leave out __uint(" + what + "_size)");
        }
        return now;
    }

    private Pinning pinning(int value) {
        if (isInner) {
            throw wrong("is pinned", "inner maps cannot be pinned");
        }
        return switch (value) {
            case 0 -> Pinning.NONE;
            case 1 -> Pinning.BY_NAME;
            default -> throw wrong("has the unknown pinning " + value, "use LIBBPF_PIN_NONE or LIBBPF_PIN_BY_NAME");
        };
    }

    /** {@code __array(values, struct inner_map)} or {@code __array(values, int (void *))}. */
    private void values(BtfType.Member member, boolean last) {
        boolean ofMaps = isMapOfMaps(type);
        if (isInner) {
            throw wrong("has inner maps itself", "maps nest one level deep");
        }
        if (!last) {
            throw wrong("has members after 'values'", "'values' must be the last member");
        }
        if (!ofMaps && type != MapType.PROG_ARRAY.number()) {
            throw wrong("has 'values'", "only maps of maps and program arrays have, and only after their type");
        }
        valueSize = agreed("value", valueSize, 4);
        int element = elementOf(member);
        switch (btf.type(element)) {
            case BtfType.FunctionPrototype prototype when !ofMaps -> {}
            case BtfType.Composite definition
            when ofMaps && !definition.union() ->
                inner = Optional.of(new BtfMapDefinition(btf, name + ".inner", where, true).parse(definition));
            default ->
                throw wrong(
                        "has 'values' of the wrong type",
                        ofMaps ? "use __array(values, struct ...)" : "use __array(values, int (void *))");
        }
    }

    private int elementOf(BtfType.Member member) {
        if (btf.type(btf.strip(member.type())) instanceof BtfType.Array array
                && array.length() == 0
                && btf.type(btf.strip(array.element())) instanceof BtfType.Pointer pointer) {
            return btf.strip(pointer.target());
        }
        throw wrong("has 'values' that is no open array of pointers", "use __array(values, ...)");
    }

    static boolean isMapOfMaps(int type) {
        return type == MapType.ARRAY_OF_MAPS.number() || type == MapType.HASH_OF_MAPS.number();
    }

    private InputException wrong(String problem, String advice) {
        return new InputException(where, "map '" + name + "' " + problem, advice);
    }
}
