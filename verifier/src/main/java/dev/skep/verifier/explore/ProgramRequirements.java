package dev.skep.verifier.explore;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import dev.skep.verifier.Requirement;
import dev.skep.verifier.kernel.KernelFeature;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.kernel.MapFlag;
import dev.skep.verifier.kernel.ProgramKind;
import dev.skep.verifier.program.BackEdges;
import dev.skep.verifier.program.ControlFlow;
import dev.skep.verifier.program.MapDescriptor;
import dev.skep.verifier.program.ProgramCode;
import dev.skep.verifier.program.SpecialField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What can be told of a program's needs without following its paths. */
final class ProgramRequirements {
    /** {@code BPF_MAXINSNS}, all that kernels took before {@link KernelFeature#LARGE_PROGRAMS}. */
    private static final int SMALL_PROGRAM = 4096;

    private final List<Requirement> found = new ArrayList<>();

    private ProgramRequirements() {}

    /** What the program as a whole needs: its type, what it attaches to, its size, its instructions. */
    static List<Requirement> of(ProgramCode code) {
        ProgramRequirements requirements = new ProgramRequirements();
        ProgramKind kind = ProgramKind.of(code.spec());
        if (kind.type() != ProgramType.UNSPEC) {
            requirements.addKind(kind);
        }
        if (code.slotCount() > SMALL_PROGRAM) {
            requirements.add(KernelFeature.LARGE_PROGRAMS, Requirement.WHOLE_PROGRAM);
        }
        requirements.addInstructions(code);
        return requirements.found;
    }

    /** What the maps need that it refers to, whether or not a path comes there. */
    static List<Requirement> of(Set<MapDescriptor> maps) {
        ProgramRequirements requirements = new ProgramRequirements();
        maps.forEach(requirements::addMap);
        return requirements.found;
    }

    /** What the way its code is laid out needs: loops. */
    static List<Requirement> of(ProgramCode code, ControlFlow flow) {
        ProgramRequirements requirements = new ProgramRequirements();
        BackEdges.first(code, flow)
                .filter(edge -> !closesByMayGoto(code, edge))
                .ifPresent(edge -> requirements.add(KernelFeature.BOUNDED_LOOPS, edge.from()));
        return requirements.found;
    }

    /** The kernels with may_goto have bounded loops as well. */
    private static boolean closesByMayGoto(ProgramCode code, BackEdges.BackEdge edge) {
        return KernelModel.newest()
                .needs(code.at(edge.from()))
                .filter(KernelFeature.MAY_GOTO::equals)
                .isPresent();
    }

    private void add(KernelFeature feature, int slot) {
        found.add(new Requirement(feature.description(), feature.since(), slot));
    }

    private void addKind(ProgramKind kind) {
        found.add(new Requirement(
                "programs of type " + kind.type(), KernelModel.since(kind.type()), Requirement.WHOLE_PROGRAM));
        kind.attachType()
                .filter(ProgramRequirements::isChecked)
                .ifPresent(attach -> found.add(new Requirement(
                        "programs that attach as " + attach, KernelModel.since(attach), Requirement.WHOLE_PROGRAM)));
        if (kind.sleepable()) {
            found.add(new Requirement(
                    "programs of type " + kind.type() + " that may sleep",
                    KernelModel.sleepingSince(kind.type()),
                    Requirement.WHOLE_PROGRAM));
        }
    }

    /** Those that are only for links are not looked at when a program is loaded: older kernels take the program. */
    private static boolean isChecked(AttachType type) {
        return switch (type) {
            case XDP, TCX_INGRESS, TCX_EGRESS, NETKIT_PRIMARY, NETKIT_PEER, PERF_EVENT, STRUCT_OPS -> false;
            default -> true;
        };
    }

    private void addInstructions(ProgramCode code) {
        for (int slot = 0; slot < code.slotCount(); slot++) {
            if (code.startsAt(slot)) {
                Instruction instruction = code.at(slot);
                int at = slot;
                KernelModel.newest().needs(instruction).ifPresent(feature -> add(feature, at));
            }
        }
    }

    private void addMap(MapDescriptor map) {
        String name = "map '" + map.name() + "': ";
        found.add(new Requirement(
                name + "maps of type " + map.type(), KernelModel.since(map.type()), Requirement.WHOLE_PROGRAM));
        for (MapFlag flag : MapFlag.of(map.spec().flags())) {
            found.add(new Requirement(
                    name + "flag BPF_F_" + flag.name().toUpperCase(Locale.ROOT),
                    flag.since(),
                    Requirement.WHOLE_PROGRAM));
        }
        // To older kernels the fields are bytes like others; what is done with them needs helpers and functions, but
        // for pointers.
        for (SpecialField field : map.fields()) {
            if (field.kind().isKptr()) {
                KernelFeature feature = field.kind().feature();
                found.add(new Requirement(name + feature.description(), feature.since(), Requirement.WHOLE_PROGRAM));
            }
        }
    }
}
