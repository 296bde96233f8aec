package dev.skep.object.file;

import dev.skep.object.BpfObject;
import dev.skep.object.elf.Elf64;
import dev.skep.object.elf.ElfWriter;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.map.MapSpec;
import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntSupplier;

/**
 * Turns references into relocations, the inverse of {@link ReferenceReader}. The instruction holds what is to be added to the
 * symbol's value, so the symbol is chosen to fit the instruction; where none fits, the instruction is changed.
 */
final class ReferenceWriter {
    private static final int SLOT = ObjectInput.SLOT;

    private final BpfObject object;
    private final ElfWriter elf;
    private final SymbolPlaces symbols;
    private final FunctionPlaces functions;
    private final List<Pending> pending = new ArrayList<>();

    /** A relocation whose symbol does not exist yet. */
    private record Pending(String section, long offset, int type, IntSupplier symbol) {}

    ReferenceWriter(BpfObject object, ElfWriter elf, SymbolPlaces symbols, FunctionPlaces functions) {
        this.object = object;
        this.elf = elf;
        this.symbols = symbols;
        this.functions = functions;
    }

    /** Writes a function's code to its place, and remembers its relocations. */
    void encodeInto(FunctionSpec function, Map<String, byte[]> sections) {
        Map<Integer, Reference> references = new HashMap<>();
        function.references().forEach(r -> references.put(r.slot(), r));
        List<Instruction> encoded = new ArrayList<>();
        int slot = 0;
        for (Instruction instruction : function.instructions()) {
            Reference reference = references.remove(slot);
            encoded.add(reference == null ? instruction : encode(function, instruction, reference));
            slot += instruction.slots();
        }
        if (!references.isEmpty()) {
            throw new IllegalArgumentException(
                    "references of " + function.name() + " meet no instruction: " + references);
        }
        byte[] code = Instructions.of(encoded).encode();
        byte[] section = Objects.requireNonNull(sections.get(function.section()));
        System.arraycopy(code, 0, section, function.sectionOffset(), code.length);
    }

    private Instruction encode(FunctionSpec function, Instruction instruction, Reference reference) {
        return switch (reference) {
            case Reference.Call call -> call(function, instruction, call);
            case Reference.FunctionAddress address -> address(function, instruction, address);
            case Reference.Map map -> load(function, map, () -> symbols.global(map.map()), instruction.withImm(0));
            case Reference.MapValue value -> global(function, instruction, value, value.map(), value.offset());
            case Reference.ArenaVariable v -> global(function, instruction, v, SectionName.ARENA, v.offset());
            case Reference.ExternVariable v -> load(function, v, () -> extern(v.extern()), instruction);
            case Reference.KernelFunctionCall call -> {
                relocate(function, call, Elf64.R_BPF_64_32, () -> extern(call.extern()));
                yield instruction;
            }
        };
    }

    private int extern(int index) {
        return symbols.global(object.externs().get(index).name());
    }

    private Instruction call(FunctionSpec caller, Instruction instruction, Reference.Call call) {
        FunctionSpec callee = functions.function(call.function());
        long distance = ((long) callee.sectionOffset() - caller.sectionOffset()) / SLOT - call.slot() - 1;
        boolean isStatic = callee.linkage() == FunctionSpec.Linkage.STATIC;
        if (isStatic && callee.section().equals(caller.section()) && instruction.imm() == distance) {
            return instruction;
        }
        int fromSection = callee.sectionOffset() / SLOT - 1;
        if (isStatic && instruction.imm() == fromSection) {
            relocate(caller, call, Elf64.R_BPF_64_32, () -> symbols.ofSection(callee.section()));
            return instruction;
        }
        relocate(caller, call, Elf64.R_BPF_64_32, () -> functions.symbol(call.function()));
        return Instruction.of(Opcode.CALL, 0, Opcode.BPF_PSEUDO_CALL, 0, -1);
    }

    /** libbpf takes the address of a static function only by the symbol of its section. */
    private Instruction address(FunctionSpec function, Instruction instruction, Reference.FunctionAddress address) {
        FunctionSpec target = functions.function(address.function());
        boolean bySection = target.linkage() == FunctionSpec.Linkage.STATIC;
        return load(
                function,
                address,
                () -> bySection ? symbols.ofSection(target.section()) : functions.symbol(address.function()),
                instruction.withImm(bySection ? target.sectionOffset() : 0));
    }

    private Instruction global(
            FunctionSpec function, Instruction instruction, Reference reference, String map, int offset) {
        boolean hasSection = object.map(map)
                .filter(m -> m.role() != MapSpec.Role.DECLARED && m.role() != MapSpec.Role.KCONFIG)
                .isPresent();
        if (!hasSection) {
            throw new IllegalArgumentException("there are no globals named '" + map + "'");
        }
        long symbolValue = (long) offset - instruction.imm();
        if (symbolValue < 0) {
            return load(function, reference, () -> symbols.ofSection(map), instruction.withImm(offset));
        }
        return load(function, reference, () -> symbols.at(map, symbolValue), instruction);
    }

    private Instruction load(FunctionSpec function, Reference reference, IntSupplier symbol, Instruction instruction) {
        relocate(function, reference, Elf64.R_BPF_64_64, symbol);
        return instruction;
    }

    private void relocate(FunctionSpec function, Reference reference, int type, IntSupplier symbol) {
        long offset = function.sectionOffset() + (long) reference.slot() * SLOT;
        pending.add(new Pending(function.section(), offset, type, symbol));
    }

    /** Adds all relocations of code; all symbols must be there. */
    void addRelocations() {
        pending.forEach(p -> elf.relocation(
                symbols.section(p.section()), p.offset(), p.type(), p.symbol().getAsInt()));
    }
}
