package dev.skep.linux.load;

import dev.skep.linux.load.KernelExterns.Resolved;
import dev.skep.linux.machine.KernelRelease;
import dev.skep.linux.map.LinuxMap;
import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.KernelVersion;
import dev.skep.object.Location;
import dev.skep.object.image.ProgramImage;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.map.MapSpec;
import dev.skep.object.program.ExternSpec;
import dev.skep.object.program.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts descriptors, ids and addresses of this kernel into a program's instructions (libbpf's {@code bpf_object__relocate_data}). What is
 * not there becomes a call of a function that does not exist, by libbpf's numbers, which the verifier refuses if it can be reached.
 */
final class KernelReferences {
    private static final int MISSING_MAP = 2_001_000_000; // POISON_LDIMM64_MAP_BASE of libbpf.c
    private static final int MISSING_FUNCTION = 2_002_000_000; // POISON_CALL_KFUNC_BASE

    /** The first that takes a load of a function's address (commit 58aa2afbb1e6). */
    private static final KernelVersion FUNCTION_ADDRESS_SINCE = new KernelVersion(6, 4);

    private final BpfObject object;
    private final Map<String, LinuxMap> maps;
    private final KernelExterns externs;

    KernelReferences(BpfObject object, Map<String, LinuxMap> maps, KernelExterns externs) {
        this.object = object;
        this.maps = maps;
        this.externs = externs;
    }

    /** The program with nothing left to fill in. */
    Instructions fill(ProgramImage image) {
        Map<Integer, Reference> references = new HashMap<>();
        image.references().forEach(reference -> references.put(reference.slot(), reference));
        List<Instruction> filled = new ArrayList<>(image.instructions().size());
        int slot = 0;
        for (Instruction instruction : image.instructions()) {
            Reference reference = references.get(slot);
            if (reference == null) {
                filled.add(instruction);
            } else {
                fill(instruction, reference, filled);
            }
            slot += instruction.slots();
        }
        return Instructions.of(filled);
    }

    private void fill(Instruction instruction, Reference reference, List<Instruction> out) {
        switch (reference) {
            case Reference.Map map -> map(instruction, map.map(), Opcode.BPF_PSEUDO_MAP_FD, instruction.nextImm(), out);
            case Reference.MapValue value ->
                map(instruction, value.map(), Opcode.BPF_PSEUDO_MAP_VALUE, value.offset(), out);
            case Reference.ArenaVariable variable ->
                map(instruction, variable.map(), Opcode.BPF_PSEUDO_MAP_VALUE, variable.offset(), out);
            case Reference.ExternVariable variable -> out.add(extern(instruction, variable.extern()));
            case Reference.KernelFunctionCall call -> out.add(call(instruction, call.extern()));
            case Reference.Call call -> throw new IllegalStateException("left over: " + call);
            case Reference.FunctionAddress address -> throw new IllegalStateException("left over: " + address);
        }
    }

    private void map(Instruction instruction, String name, int pseudo, int offset, List<Instruction> out) {
        LinuxMap map = maps.get(name);
        if (map != null) {
            out.add(instruction.withPseudo(pseudo, map.descriptor().number() | (long) offset << Integer.SIZE));
            return;
        }
        Instruction poison = call(MISSING_MAP + indexOf(name));
        out.add(poison);
        out.add(poison); // a load takes two slots
    }

    private int indexOf(String name) {
        for (int i = 0; i < object.maps().size(); i++) {
            if (object.maps().get(i).name().equals(name)) {
                return i;
            }
        }
        throw new InputException(
                Location.in(object.name()), "a program refers to map " + name + ", which the object does not have", "");
    }

    private Instruction extern(Instruction instruction, int index) {
        return switch (externs.at(index)) {
            case Resolved.Configured configured -> {
                int offset = ((ExternSpec.Kconfig) object.externs().get(index)).offset();
                LinuxMap map = maps.get(kconfig());
                if (map == null) {
                    throw new InputException(
                            Location.in(object.name()), "the map of kernel configuration is missing", "");
                }
                yield instruction.withPseudo(
                        Opcode.BPF_PSEUDO_MAP_VALUE, map.descriptor().number() | (long) offset << Integer.SIZE);
            }
            case Resolved.Typed typed
            when isFunction(index) && KernelRelease.running().version().compareTo(FUNCTION_ADDRESS_SINCE) < 0 ->
                instruction.withPseudo(0, 1); // all that a program may ask is whether it is 0
            case Resolved.Typed typed ->
                instruction.withPseudo(
                        Opcode.BPF_PSEUDO_BTF_ID, typed.typeId() | (long) typed.descriptor() << Integer.SIZE);
            case Resolved.Address address -> instruction.withPseudo(0, address.address());
            case Resolved.Absent absent -> instruction.withPseudo(0, 0);
        };
    }

    private boolean isFunction(int index) {
        return object.externs().get(index) instanceof ExternSpec.KernelFunction;
    }

    private String kconfig() {
        return object.maps().stream()
                .filter(map -> map.role() == MapSpec.Role.KCONFIG)
                .map(MapSpec::name)
                .findFirst()
                .orElse(".kconfig");
    }

    private Instruction call(Instruction instruction, int index) {
        return switch (externs.at(index)) {
            case Resolved.Typed typed ->
                new Instruction(
                        instruction.opcode(),
                        instruction.dstReg(),
                        Opcode.BPF_PSEUDO_KFUNC_CALL,
                        (short) externs.modules().indexOf(typed.descriptor()),
                        typed.typeId(),
                        0);
            default -> call(MISSING_FUNCTION + index);
        };
    }

    private static Instruction call(int function) {
        return Instruction.of(Opcode.CALL, 0, 0, 0, function);
    }
}
