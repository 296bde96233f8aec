package dev.skep.compiler.java;

import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Value;
import dev.skep.object.program.HelperId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Methods of maps of maps. */
final class MapOfMapsIntrinsics {
    private static final String MAPS = "dev/skep/lang/map/";
    private static final String MAP = "Ldev/skep/lang/map/BpfMap;";

    static final Map<Intrinsic.Method, Intrinsic> TABLE = Map.of(
            new Intrinsic.Method(MAPS + "ArrayOfMaps", "lookup", "(I)" + MAP), MapOfMapsIntrinsics::byNumber,
            new Intrinsic.Method(MAPS + "HashOfMaps", "lookup", "(Ljava/lang/Object;)" + MAP),
                    MapOfMapsIntrinsics::byKey);

    private MapOfMapsIntrinsics() {}

    private static Optional<Operand> byNumber(Call call) {
        FieldType.Number type = (FieldType.Number) call.map(0).key().orElseThrow();
        return find(call, call.emitter().copy(call.number(1), type));
    }

    private static Optional<Operand> byKey(Call call) {
        return find(call, MapIntrinsics.key(call));
    }

    private static Optional<Operand> find(Call call, Value key) {
        Value found = call.emitter()
                .callForPointer(HelperId.MAP_LOOKUP_ELEM, List.of(call.mapAddress(0), key), Pointer.Provenance.MAP);
        return Optional.of(new Operand.InnerMap(found, call.map(0).inner().orElseThrow()));
    }
}
