package dev.skep.engine;

import dev.skep.engine.interpreter.SourceLines;
import dev.skep.engine.map.ArenaMap;
import dev.skep.engine.map.EngineMap;
import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.image.ProgramImage;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.map.MapSpec;
import dev.skep.object.program.ExternSpec;
import dev.skep.object.program.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts addresses and handles of one engine into a program's instructions, where a kernel would put its own. */
final class ReferenceFiller {
    private final BpfObject object;
    private final Map<String, EngineMap> maps;
    private final ProgramImage image;
    private final long text;
    private final Map<Integer, String> absentFunctions = new HashMap<>();

    /** @param text where function addresses start */
    ReferenceFiller(BpfObject object, Map<String, EngineMap> maps, ProgramImage image, long text) {
        this.object = object;
        this.maps = maps;
        this.image = image;
        this.text = text;
    }

    /**
     * The program with nothing left to fill in but calls of kernel functions.
     *
     * @throws InputException if it refers to something that is not there
     */
    ProgramImage fill() {
        Map<Integer, Reference> references = new HashMap<>();
        image.references().forEach(reference -> references.put(reference.slot(), reference));
        List<Instruction> filled = new ArrayList<>();
        int slot = 0;
        for (Instruction instruction : image.instructions()) {
            Reference reference = references.get(slot);
            filled.add(reference == null ? instruction : referring(reference, instruction));
            slot += instruction.slots();
        }
        ProgramImage referring =
                new ProgramImage(image.spec(), Instructions.of(filled), List.of(), image.functions(), image.lines());
        return RawImage.withAddresses(referring, text);
    }

    /** Calls of weak kernel functions the engine does not have, by slot, with what to say if one is reached. */
    Map<Integer, String> absentFunctions() {
        return absentFunctions;
    }

    private Instruction referring(Reference reference, Instruction instruction) {
        return switch (reference) {
            case Reference.Map map ->
                instruction.withPseudo(0, map(map.slot(), map.map()).handle());
            case Reference.MapValue value ->
                instruction.withPseudo(0, map(value.slot(), value.map()).directValue(value.offset()));
            case Reference.ArenaVariable variable ->
                instruction.withPseudo(0, arena(variable.slot(), variable.map()).base() + variable.offset());
            case Reference.ExternVariable variable ->
                instruction.withPseudo(
                        0, extern(variable.slot(), object.externs().get(variable.extern())));
            case Reference.KernelFunctionCall call -> {
                absent(call.slot(), object.externs().get(call.extern()));
                yield instruction;
            }
            case Reference.Call call -> throw new IllegalStateException("left over: " + call);
            case Reference.FunctionAddress address -> throw new IllegalStateException("left over: " + address);
        };
    }

    private EngineMap map(int slot, String name) {
        EngineMap map = maps.get(name);
        if (map == null) {
            throw wrong(slot, "refers to map " + name + ", which the object does not have", "");
        }
        return map;
    }

    private ArenaMap arena(int slot, String name) {
        if (map(slot, name) instanceof ArenaMap arena) {
            return arena;
        }
        throw wrong(slot, "refers to a variable in map " + name + ", which is no arena", "");
    }

    private long extern(int slot, ExternSpec extern) {
        if (extern instanceof ExternSpec.Kconfig kconfig) {
            String name = object.maps().stream()
                    .filter(map -> map.role() == MapSpec.Role.KCONFIG)
                    .map(MapSpec::name)
                    .findFirst()
                    .orElse(".kconfig");
            return map(slot, name).directValue(kconfig.offset());
        }
        absent(slot, extern);
        return 0;
    }

    /** Fails unless the symbol may be absent. */
    private void absent(int slot, ExternSpec extern) {
        if (!extern.weak()) {
            throw wrong(
                    slot,
                    "needs the kernel's " + extern.name() + ", which the engine does not have",
                    "declare it __weak and ask bpf_ksym_exists before using it, or run the program in the kernel");
        }
        absentFunctions.put(slot, "calls " + extern.name() + ", a weak symbol that is absent");
    }

    private InputException wrong(int slot, String problem, String advice) {
        return new InputException(SourceLines.location(image, slot), problem, advice);
    }
}
