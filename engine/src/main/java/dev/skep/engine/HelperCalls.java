package dev.skep.engine;

import dev.skep.engine.context.SocketBufferContext;
import dev.skep.engine.helper.Helper;
import dev.skep.engine.helper.HelperDefinition;
import dev.skep.engine.helper.HelperTable;
import dev.skep.engine.interpreter.CallTargets;
import dev.skep.engine.interpreter.SourceLines;
import dev.skep.object.InputException;
import dev.skep.object.image.ProgramImage;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.program.HelperId;
import dev.skep.object.program.ProgramType;
import java.util.Map;
import java.util.Optional;

/** Finds the helpers a program calls, and refuses at load what the engine does not have. */
final class HelperCalls implements CallTargets {
    private final ProgramImage image;
    private final boolean checked;
    private final Map<Integer, String> traps;

    /**
     * For one program.
     *
     * @param traps calls that may be loaded but not reached, by slot, with what to say if they are: accesses CO-RE found
     *     nothing for, weak kernel functions that are absent
     */
    HelperCalls(ProgramImage image, boolean checked, Map<Integer, String> traps) {
        this.image = image;
        this.checked = checked;
        this.traps = Map.copyOf(traps);
    }

    @Override
    public Helper target(int slot, Instruction call) {
        String problem = traps.get(slot);
        if (problem != null) {
            return (run, r1, r2, r3, r4, r5) -> {
                throw run.trap(problem);
            };
        }
        if (call.srcReg() == Opcode.BPF_PSEUDO_KFUNC_CALL) {
            throw wrong(slot, "calls a kernel function by BTF id " + call.imm() + ", and the engine has none", "");
        }
        HelperId id = HelperId.of(call.imm())
                .orElseThrow(() -> wrong(slot, "calls helper " + call.imm() + ", which does not exist", ""));
        HelperDefinition definition = HelperTable.find(id)
                .orElseThrow(() -> wrong(
                        slot,
                        "calls " + id.functionName() + " (" + id.number() + "), which the engine does not have",
                        "run the program in the kernel, or do without this helper"));
        if (!fits(definition.place(), image.spec().type())) {
            throw wrong(
                    slot,
                    "calls " + id.functionName() + ", which programs of type "
                            + image.spec().type() + " cannot call",
                    "");
        }
        return checked ? definition.checked() : definition.function();
    }

    @Override
    public Optional<Helper> helper(int number) {
        return HelperId.of(number)
                .flatMap(HelperTable::find)
                .filter(definition -> fits(definition.place(), image.spec().type()))
                .map(definition -> checked ? definition.checked() : definition.function());
    }

    private static boolean fits(HelperDefinition.Place place, ProgramType type) {
        return switch (place) {
            case ANYWHERE -> true;
            case XDP -> type == ProgramType.XDP;
            case SOCKET_BUFFER -> SocketBufferContext.isGivenTo(type);
            case PACKET -> type == ProgramType.XDP || SocketBufferContext.isGivenTo(type);
        };
    }

    private InputException wrong(int slot, String problem, String advice) {
        return new InputException(SourceLines.location(image, slot), problem, advice);
    }
}
