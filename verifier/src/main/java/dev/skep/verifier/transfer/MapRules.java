package dev.skep.verifier.transfer;

import dev.skep.object.map.MapType;
import dev.skep.object.program.HelperId;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.program.MapDescriptor;

/** What a map's type says about calls with it. */
final class MapRules {
    private MapRules() {}

    /** @throws Refusal if the helper does not go with the map ({@code check_map_func_compatibility}) */
    static void checkCall(Environment environment, CallFacts facts, HelperId helper) {
        boolean fits = facts.map
                .map(map -> environment.kernel().takesMap(helper, map.type(), environment.kind()))
                .orElse(true);
        if (!fits) {
            throw new Refusal(
                    Cause.POLICY,
                    "cannot pass map_type " + facts.map.orElseThrow().type().number() + " into func " + facts.label());
        }
    }

    /** Programs do not change a map that is read-only to them ({@code record_func_map}). */
    static void checkWrites(CallFacts facts, HelperId helper) {
        boolean writes = switch (helper) {
            case MAP_UPDATE_ELEM, MAP_DELETE_ELEM, MAP_PUSH_ELEM, MAP_POP_ELEM -> true;
            default -> false;
        };
        if (writes && facts.map.filter(map -> !map.writable()).isPresent()) {
            throw new Refusal(Cause.READ_ONLY_MEMORY, "write into map forbidden");
        }
    }

    static boolean holdsSockets(MapDescriptor map) {
        return map.type() == MapType.SOCKMAP || map.type() == MapType.SOCKHASH;
    }
}
