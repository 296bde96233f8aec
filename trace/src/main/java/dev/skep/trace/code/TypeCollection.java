package dev.skep.trace.code;

import dev.skep.trace.check.Structures;
import dev.skep.trace.plan.Action;
import dev.skep.trace.plan.PlannedMap;
import dev.skep.trace.plan.PlannedTypes;
import dev.skep.trace.type.TraceType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects what printing has to know about the C types in events and maps. */
final class TypeCollection {
    private final Structures structures;
    private final Map<String, List<PlannedTypes.Member>> members = new HashMap<>();
    private final Map<String, Map<Long, String>> enumerations = new HashMap<>();

    TypeCollection(Structures structures) {
        this.structures = structures;
    }

    PlannedTypes of(Unit unit) {
        for (PlannedMap map : unit.plannedMaps()) {
            map.key().ifPresent(this::add);
            add(map.value());
        }
        unit.actions().forEach(this::add);
        return new PlannedTypes(members, enumerations);
    }

    private void add(Action action) {
        switch (action) {
            case Action.Print print -> add(print.text());
            case Action.Complain complain -> add(complain.text());
            case Action.RunCommand run -> add(run.command());
            case Action.ShowFile show -> add(show.path());
            case Action.PrintValue print -> add(print.value().type());
            default -> {
                // The others have no values of such types.
            }
        }
    }

    private void add(Action.Formatted formatted) {
        formatted.arguments().forEach(argument -> add(argument.type()));
    }

    private void add(TraceType type) {
        switch (type) {
            case TraceType.Structure structure -> add(structure);
            case TraceType.Array array -> add(array.element());
            case TraceType.Tuple tuple -> tuple.elements().forEach(element -> add(element.type()));
            case TraceType.Enumeration enumeration ->
                enumerations.computeIfAbsent(enumeration.name(), structures::enumerators);
            default -> {
                // It says all by itself.
            }
        }
    }

    private void add(TraceType.Structure structure) {
        if (members.containsKey(structure.name())) {
            return;
        }
        List<Structures.Member> found = structures.members(structure);
        members.put(
                structure.name(),
                found.stream()
                        .map(member -> new PlannedTypes.Member(
                                member.name(),
                                member.type(),
                                member.offset(),
                                member.bits().map(Structures.Bits::shift).orElse(0),
                                member.bits().map(Structures.Bits::count).orElse(0)))
                        .toList());
        found.forEach(member -> add(member.type()));
    }
}
