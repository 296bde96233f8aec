package dev.skep.verifier.kernel;

import dev.skep.object.KernelVersion;
import dev.skep.object.program.HelperId;
import dev.skep.object.program.ProgramType;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds a helper's prototype for a program. */
final class HelperTable {
    private static final Map<HelperId, List<HelperRule>> RULES = Stream.of(
                    MapHelpers.RULES,
                    RingBufferHelpers.RULES,
                    StorageHelpers.RULES,
                    GeneralHelpers.RULES,
                    TaskHelpers.RULES,
                    TracingHelpers.RULES,
                    PacketHelpers.RULES,
                    ForwardingHelpers.RULES,
                    SocketHelpers.RULES,
                    SocketEventHelpers.RULES,
                    CgroupHelpers.RULES,
                    SystemHelpers.RULES)
            .flatMap(List::stream)
            .collect(Collectors.groupingBy(
                    rule -> rule.prototype().id(), () -> new EnumMap<>(HelperId.class), Collectors.toList()));

    private HelperTable() {}

    /** The rules for a helper, the first that fits applies. */
    static List<HelperRule> rules(HelperId id) {
        return RULES.getOrDefault(id, List.of());
    }

    static HelperLookup lookup(HelperId id, ProgramKind program, KernelVersion version) {
        Optional<KernelVersion> later = Optional.empty();
        boolean otherTarget = false;
        for (HelperRule rule : rules(id)) {
            for (Callers callers : rule.callers()) {
                if (!callers.include(program)) {
                    continue;
                }
                KernelVersion since = callers.since().orElseGet(id::since);
                if (since.compareTo(version) > 0) {
                    later = Optional.of(
                            later.filter(known -> known.compareTo(since) < 0).orElse(since));
                } else if (callers.allowTarget(program)) {
                    return new HelperLookup.Available(rule.prototype());
                } else {
                    otherTarget = true;
                }
            }
        }
        if (otherTarget) {
            return new HelperLookup.NotForTarget(id);
        }
        return later.<HelperLookup>map(since -> new HelperLookup.TooNew(id, since))
                .orElseGet(() -> new HelperLookup.NotForProgram(id, callersOf(id, version)));
    }

    /** The first kernel in which a program of this kind may call the helper. */
    static Optional<KernelVersion> since(HelperId id, ProgramKind program) {
        return rules(id).stream()
                .flatMap(rule -> rule.callers().stream())
                .filter(callers -> callers.include(program) && callers.allowTarget(program))
                .map(callers -> callers.since().orElseGet(id::since))
                .min(Comparator.naturalOrder());
    }

    private static Set<ProgramType> callersOf(HelperId id, KernelVersion version) {
        Set<ProgramType> types = EnumSet.noneOf(ProgramType.class);
        for (HelperRule rule : rules(id)) {
            for (Callers callers : rule.callers()) {
                if (callers.existIn(version)) {
                    types.addAll(callers.types());
                }
            }
        }
        return types;
    }
}
