package dev.skep.verifier.explore;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.map.MapType;
import dev.skep.object.program.ProgramType;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.VerifierOptions;
import dev.skep.verifier.kernel.Capability;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.program.BackEdges;
import dev.skep.verifier.program.ControlFlow;
import dev.skep.verifier.program.MapDescriptor;
import dev.skep.verifier.program.ProgramCode;
import java.util.Set;

/** What a program may be and have at all, by what its loader is capable of: kernel/bpf/syscall.c, and verifier.c before any path. */
final class LoaderRights {
    private final KernelModel kernel;
    private final VerifierOptions options;

    LoaderRights(KernelModel kernel, VerifierOptions options) {
        this.kernel = kernel;
        this.options = options;
    }

    /** @throws Refusal if the loader may not load a program of this type, or one that calls functions */
    void check(ProgramCode code) {
        ProgramType type = code.spec().type();
        require(kernel.neededFor(type), "loading a program of type " + type, "");
        for (int slot = 0; slot < code.slotCount(); slot++) {
            if (code.startsAt(slot) && refersToFunction(code.at(slot))) {
                require(
                        Set.of(Capability.BPF),
                        "a program with functions",
                        "loading/calling other bpf or kernel functions are allowed for CAP_BPF and CAP_SYS_ADMIN");
            }
        }
    }

    private static boolean refersToFunction(Instruction instruction) {
        if (instruction.isWide()) {
            return instruction.srcReg() == Opcode.BPF_PSEUDO_FUNC;
        }
        return instruction.opcode() == Opcode.CALL
                && (instruction.srcReg() == Opcode.BPF_PSEUDO_CALL
                        || instruction.srcReg() == Opcode.BPF_PSEUDO_KFUNC_CALL);
    }

    /** @throws Refusal if the loader may not make the map, or not use it */
    void check(MapDescriptor map) {
        require(kernel.neededFor(map.type()), "making the map '" + map.name() + "' of type " + map.type(), "");
        if (!map.fields().isEmpty()) {
            require(
                    Set.of(Capability.BPF),
                    "making the map '" + map.name() + "' with a "
                            + map.fields().getFirst().kind().typeName(),
                    "");
        }
        if (map.type() == MapType.ARENA) {
            require(
                    Set.of(Capability.BPF, Capability.PERFMON),
                    "an arena",
                    "CAP_BPF and CAP_PERFMON are required to use arena");
        }
    }

    /** @throws Refusal if there is a loop, which only CAP_BPF allows */
    void checkLoops(ProgramCode code, ControlFlow flow) {
        if (options.has(Capability.BPF)) {
            return;
        }
        BackEdges.first(code, flow).ifPresent(edge -> {
            throw new Refusal(Cause.UNBOUNDED_LOOP, "back-edge from insn " + edge.from() + " to " + edge.to());
        });
    }

    private void require(Set<Capability> needed, String what, String words) {
        Set<Capability> missing = options.missing(needed);
        if (!missing.isEmpty()) {
            throw Refusal.lacking(what, missing, words);
        }
    }
}
