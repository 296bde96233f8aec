package dev.skep.verifier.program;

import dev.skep.object.BpfObject;
import dev.skep.object.map.MapSpec;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.KernelModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The maps of an object as the verifier sees them. */
public final class MapDescriptors {
    private MapDescriptors() {}

    /** All maps of {@code object} by name, with the fields in them that {@code kernel} knows. */
    public static Map<String, MapDescriptor> of(BpfObject object, KernelModel kernel) {
        Map<String, MapDescriptor> maps = new HashMap<>();
        for (MapSpec spec : object.maps()) {
            maps.put(spec.name(), describe(object, kernel, spec));
        }
        return maps;
    }

    private static MapDescriptor describe(BpfObject object, KernelModel kernel, MapSpec spec) {
        Optional<MapDescriptor> inner = spec.inner().map(each -> describe(object, kernel, each));
        try {
            List<SpecialField> fields = SpecialFieldReader.read(object.btf(), kernel.types(), spec).stream()
                    .filter(field -> kernel.has(field.kind().feature()))
                    .toList();
            return new MapDescriptor(spec, fields, inner);
        } catch (Refusal wrong) {
            return new MapDescriptor(spec, List.of(), inner, Optional.of(wrong.message()));
        }
    }
}
