package dev.skep.cli.run;

import dev.skep.object.BpfObject;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.ProgramType;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Chooses which programs of an object are loaded to run one of them. */
final class WantedPrograms {
    private WantedPrograms() {}

    /**
     * The object with the chosen program, even if it is not loaded by default ({@code ?} before its section's name), and the
     * programs that it may reach by tail calls: those of its type that the object puts into program arrays. All others, which
     * might need things that only a kernel has, are left out, of program arrays too.
     */
    static BpfObject of(BpfObject object, ProgramSpec chosen) {
        Set<String> targets = object.maps().stream()
                .filter(map -> map.type() == MapType.PROG_ARRAY)
                .flatMap(map -> map.values().stream())
                .map(MapSpec.InitialSlot::target)
                .collect(Collectors.toSet());
        List<ProgramSpec> programs = object.programs().stream()
                .map(program -> withAutoload(
                        program,
                        program.equals(chosen) || (sameKind(program, chosen) && targets.contains(program.name()))))
                .toList();
        Set<String> unreachable = object.programs().stream()
                .filter(program -> program.type() != chosen.type() && program.type() != ProgramType.UNSPEC)
                .map(ProgramSpec::name)
                .collect(Collectors.toSet());
        return new BpfObject(
                object.name(),
                programs,
                object.functions(),
                object.maps().stream().map(map -> without(unreachable, map)).toList(),
                object.externs(),
                object.structOps(),
                object.btf(),
                object.license(),
                object.kernelVersion());
    }

    private static MapSpec without(Set<String> programs, MapSpec map) {
        if (map.type() != MapType.PROG_ARRAY) {
            return map;
        }
        return map.withValues(map.values().stream()
                .filter(slot -> !programs.contains(slot.target()))
                .toList());
    }

    private static boolean sameKind(ProgramSpec program, ProgramSpec chosen) {
        return program.autoload() && program.type() == chosen.type();
    }

    private static ProgramSpec withAutoload(ProgramSpec program, boolean autoload) {
        return new ProgramSpec(
                program.name(),
                program.section(),
                program.type(),
                program.expectedAttachType(),
                program.attachTarget(),
                autoload,
                program.flags(),
                program.function());
    }
}
