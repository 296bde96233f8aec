package dev.skep.verifier.kernel;

import static dev.skep.verifier.kernel.Signature.helper;

import dev.skep.object.KernelVersion;
import dev.skep.object.program.HelperId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** Finds a helper's prototype for a program. */
final class HelperTable {
    private static final Map<HelperId, HelperPrototype> EVERYWHERE = new EnumMap<>(HelperId.class);

    static {
        add(helper(HelperId.MAP_LOOKUP_ELEM)
                .takes(
                        ArgumentType.of(ArgumentType.Kind.CONST_MAP_PTR),
                        ArgumentType.of(ArgumentType.Kind.MAP_KEY))
                .returns(ReturnType.of(ReturnType.Kind.MAP_VALUE).orNull())
                .with(HelperTrait.PACKET_ACCESS, HelperTrait.ACQUIRES_FROM_SOCKET_MAP));
        add(helper(HelperId.KTIME_GET_NS));
        add(helper(HelperId.GET_PRANDOM_U32));
    }

    private HelperTable() {}

    private static void add(Signature signature) {
        HelperPrototype prototype = signature.prototype();
        EVERYWHERE.put(prototype.id(), prototype);
    }

    static HelperLookup lookup(HelperId id, ProgramKind program, KernelVersion version) {
        if (id.since().compareTo(version) > 0) {
            return new HelperLookup.TooNew(id, id.since());
        }
        HelperPrototype prototype = EVERYWHERE.get(id);
        return prototype == null
                ? new HelperLookup.NotForProgram(id, Set.of())
                : new HelperLookup.Available(prototype);
    }
}
