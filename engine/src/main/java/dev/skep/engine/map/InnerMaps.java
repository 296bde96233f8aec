package dev.skep.engine.map;

import dev.skep.object.host.Errno;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import java.util.Optional;

/** Which maps may stand in a map of maps: those like its template ({@code bpf_map_meta_equal}, kernel/bpf/map_in_map.c). */
final class InnerMaps {
    private final MapSpec template;
    private final Maps maps;

    InnerMaps(MapSpec outer, Maps maps) {
        this.template = outer.inner().orElseThrow();
        this.maps = maps;
    }

    /** The map with this number, if it may stand here; the outer map owns it from now on. */
    Optional<EngineMap> adopt(int id) {
        return maps.withId(id).filter(map -> accepts(map.spec())).filter(EngineMap::addOwner);
    }

    /** What the user's side reads where programs find the map behind {@code handle}: its number. @return 0 or ENOENT negated */
    int readId(long handle, byte[] out) {
        EngineMap map = maps.find(handle);
        if (map == null) {
            return Errno.ENOENT.negated();
        }
        Numbers.putInt(out, map.id());
        return 0;
    }

    private boolean accepts(MapSpec candidate) {
        return candidate.type() == template.type()
                && candidate.keySize() == template.keySize()
                && candidate.valueSize() == template.valueSize()
                && candidate.flags() == template.flags()
                && (candidate.maxEntries() == template.maxEntries() || mayDifferInEntries());
    }

    private boolean mayDifferInEntries() {
        boolean inlinedLookup = template.type() == MapType.ARRAY || template.type() == MapType.XSKMAP;
        return !inlinedLookup || (template.flags() & MapFlags.INNER_MAP) != 0;
    }
}
