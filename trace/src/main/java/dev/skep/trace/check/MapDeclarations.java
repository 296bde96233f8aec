package dev.skep.trace.check;

import dev.skep.object.map.MapType;
import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.tree.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Reads {@code let @name = kind(entries);} (bpftrace's language reference, "Map Declarations"). */
final class MapDeclarations {
    private static final Map<String, MapType> KINDS = Map.of(
            "hash", MapType.HASH,
            "lruhash", MapType.LRU_HASH,
            "percpuhash", MapType.PERCPU_HASH,
            "percpulruhash", MapType.LRU_PERCPU_HASH);

    private final MapTable maps;
    private final Diagnostics diagnostics;
    private final List<Script.MapDeclaration> declared = new ArrayList<>();

    MapDeclarations(MapTable maps, Diagnostics diagnostics) {
        this.maps = maps;
        this.diagnostics = diagnostics;
    }

    /** The name of a kind in scripts. */
    static String name(MapType kind) {
        return KINDS.entrySet().stream()
                .filter(each -> each.getValue() == kind)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(kind::name);
    }

    static boolean isPerCpu(MapType kind) {
        return kind == MapType.PERCPU_HASH || kind == MapType.LRU_PERCPU_HASH;
    }

    /** Warns of maps that no program uses, when all are known. */
    void checkUse() {
        for (Script.MapDeclaration declaration : declared) {
            if (!maps.isUsed(declaration.map().name())) {
                diagnostics.warning(
                        declaration.span(), "Unused map: @" + declaration.map().name());
            }
        }
    }

    void declare(Script.MapDeclaration declaration) {
        declared.add(declaration);
        MapType kind = KINDS.get(declaration.type());
        OptionalLong entries = Constants.number(declaration.entries());
        if (kind == null) {
            diagnostics.error(
                    declaration.typeSpan(),
                    "Invalid bpf map type: " + declaration.type(),
                    "Valid map types: percpulruhash, percpuhash, lruhash, hash");
        } else if (entries.isEmpty() || entries.getAsLong() < 1 || entries.getAsLong() > Integer.MAX_VALUE) {
            diagnostics.error(declaration.entries().span(), "Max entries of a map have to be a positive number");
        } else {
            maps.declare(declaration.map().name(), kind, (int) entries.getAsLong());
        }
    }
}
