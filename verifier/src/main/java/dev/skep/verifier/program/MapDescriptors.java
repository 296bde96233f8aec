package dev.skep.verifier.program;

import dev.skep.object.BpfObject;
import dev.skep.object.map.MapSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The maps of an object as the verifier sees them. */
public final class MapDescriptors {
    private MapDescriptors() {}

    /** All maps of {@code object} by name. */
    public static Map<String, MapDescriptor> of(BpfObject object) {
        Map<String, MapDescriptor> maps = new HashMap<>();
        for (MapSpec spec : object.maps()) {
            maps.put(spec.name(), describe(object, spec));
        }
        return maps;
    }

    private static MapDescriptor describe(BpfObject object, MapSpec spec) {
        List<SpecialField> fields = SpecialFieldReader.read(object.btf(), spec);
        return new MapDescriptor(spec, fields, spec.inner().map(inner -> describe(object, inner)));
    }
}
