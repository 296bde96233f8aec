package dev.skep.cli.run;

import dev.skep.object.BpfObject;
import dev.skep.object.program.ProgramSpec;
import java.util.List;

/** Chooses which programs of an object are loaded to run one of them. */
final class WantedPrograms {
    private WantedPrograms() {}

    /**
     * The object with the chosen program, even if it is not loaded by default ({@code ?} before its section's name), and the other
     * programs of its type, which it may reach by tail calls. Programs of other types, which might need things that only a kernel
     * has, are left out.
     */
    static BpfObject of(BpfObject object, ProgramSpec chosen) {
        List<ProgramSpec> programs = object.programs().stream()
                .map(program -> withAutoload(program, program.equals(chosen) || sameKind(program, chosen)))
                .toList();
        return new BpfObject(
                object.name(),
                programs,
                object.functions(),
                object.maps(),
                object.externs(),
                object.structOps(),
                object.btf(),
                object.license(),
                object.kernelVersion());
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
