package dev.skep.verifier.program;

import dev.skep.object.BpfObject;
import dev.skep.object.btf.Btf;
import dev.skep.object.map.MapSpec;
import dev.skep.verifier.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The maps of an object as the verifier sees them. */
public final class MapDescriptors {
    private MapDescriptors() {}

    /** All maps of {@code object} by name. @param kernel the kernel's types, if they are known */
    public static Map<String, MapDescriptor> of(BpfObject object, Optional<Btf> kernel) {
        Map<String, MapDescriptor> maps = new HashMap<>();
        for (MapSpec spec : object.maps()) {
            maps.put(spec.name(), describe(object, kernel, spec));
        }
        return maps;
    }

    private static MapDescriptor describe(BpfObject object, Optional<Btf> kernel, MapSpec spec) {
        Optional<MapDescriptor> inner = spec.inner().map(each -> describe(object, kernel, each));
        try {
            return new MapDescriptor(spec, SpecialFieldReader.read(object.btf(), kernel, spec), inner);
        } catch (Refusal wrong) {
            return new MapDescriptor(spec, List.of(), inner, Optional.of(wrong.message()));
        }
    }
}
