package dev.skep.object.file;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.elf.Elf64;
import dev.skep.object.elf.Relocation;
import dev.skep.object.elf.Section;
import dev.skep.object.elf.Symbol;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import dev.skep.object.program.ExternSpec;
import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.Reference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns the relocations of one function into references, as libbpf's {@code bpf_program__record_reloc} does: what a relocation
 * means depends on the instruction and on where the symbol lies, not on the relocation's type.
 */
final class ReferenceReader {
    private static final int SLOT = ObjectInput.SLOT;
    private static final String CORRUPT = "the file is corrupt: compile it again";

    private final ObjectInput input;
    private final ObjectFunctions functions;
    private final ObjectMaps maps;
    private final Externs externs;
    private final ObjectFunctions.Place function;
    private final Instructions instructions;
    private final List<FunctionSpec.Line> lines;
    private final Map<Integer, Reference> bySlot = new HashMap<>();

    ReferenceReader(
            ObjectInput input,
            ObjectFunctions functions,
            ObjectMaps maps,
            Externs externs,
            ObjectFunctions.Place function,
            Instructions instructions,
            List<FunctionSpec.Line> lines) {
        this.input = input;
        this.functions = functions;
        this.maps = maps;
        this.externs = externs;
        this.function = function;
        this.instructions = instructions;
        this.lines = lines;
    }

    /** By slot, ascending. */
    List<Reference> read() {
        List<Relocation> relocations = function.section().relocations();
        int first = SortedSearch.firstFrom(relocations, Relocation::offset, function.offset());
        for (int i = first; i < relocations.size(); i++) {
            Relocation relocation = relocations.get(i);
            if (relocation.offset() >= function.offset() + (long) function.length()) {
                break;
            }
            readRelocation(relocation);
        }
        addCallsWithinTheSection();
        List<Reference> all = new ArrayList<>(bySlot.values());
        all.sort(Comparator.comparingInt(Reference::slot));
        return all;
    }

    private void readRelocation(Relocation relocation) {
        int distance = (int) relocation.offset() - function.offset();
        int slot = distance / SLOT;
        Symbol symbol = input.elf().symbols().get(relocation.symbol());
        if (distance % SLOT != 0 || !instructions.startsAt(slot)) {
            throw wrong(slot, "a relocation against '" + name(symbol) + "' does not meet an instruction", CORRUPT);
        }
        if (bySlot.put(slot, reference(slot, symbol)) != null) {
            throw wrong(slot, "an instruction has two relocations", CORRUPT);
        }
    }

    private Reference reference(int slot, Symbol symbol) {
        Instruction instruction = instructions.at(slot);
        return switch (instruction.opcode()) {
            case Opcode.CALL -> call(slot, instruction, symbol);
            case Opcode.LDDW -> load(slot, instruction, symbol);
            default ->
                throw wrong(
                        slot,
                        "'" + name(symbol) + "' is used by an instruction (opcode 0x"
                                + Integer.toHexString(instruction.opcode()) + ") that can name nothing",
                        CORRUPT);
        };
    }

    private Reference call(int slot, Instruction instruction, Symbol symbol) {
        if (symbol.isExtern()) {
            int extern = extern(slot, symbol);
            if (externs.list().get(extern) instanceof ExternSpec.KernelFunction) {
                return new Reference.KernelFunctionCall(slot, extern);
            }
            throw wrong(slot, "'" + symbol.name() + "' is called, but is no function", "declare it as a function");
        }
        if (instruction.srcReg() != Opcode.BPF_PSEUDO_CALL) {
            throw wrong(slot, "a call of a helper by number refers to '" + name(symbol) + "'", CORRUPT);
        }
        long target = symbol.value() + (instruction.imm() + 1L) * SLOT;
        return new Reference.Call(slot, function(slot, symbol, target));
    }

    private int function(int slot, Symbol symbol, long offset) {
        return functions
                .startingAt(symbol.section(), offset)
                .orElseThrow(() -> wrong(
                        slot,
                        "no function starts at byte " + offset + " of "
                                + input.elf()
                                        .sectionOf(symbol)
                                        .map(s -> "section " + s.name())
                                        .orElse("nowhere")
                                + " (symbol '" + name(symbol) + "')",
                        "was its definition overridden or left out when the object was linked?"));
    }

    private int extern(int slot, Symbol symbol) {
        Integer extern = externs.bySymbol().get(symbol.index());
        if (extern == null) {
            throw wrong(slot, "a relocation refers to a symbol without a name", CORRUPT);
        }
        return extern;
    }

    private Reference load(int slot, Instruction instruction, Symbol symbol) {
        if (symbol.isExtern()) {
            return new Reference.ExternVariable(slot, extern(slot, symbol));
        }
        Optional<Section> defined = input.elf().sectionOf(symbol);
        if (defined.isEmpty()) {
            throw wrong(
                    slot,
                    "'" + name(symbol) + "' lies in no section"
                            + (symbol.section() == Elf64.SHN_COMMON ? " (common)" : ""),
                    "initialise the variable, or compile with -fno-common");
        }
        Section section = defined.get();
        long offset = symbol.value() + instruction.imm();
        if (section.isExecutable()) {
            return new Reference.FunctionAddress(slot, function(slot, symbol, offset));
        }
        Optional<MapSpec> globals = maps.ofSection(section.index());
        if (globals.isPresent()) {
            int place = place(slot, symbol, offset);
            return globals.get().role() == MapSpec.Role.ARENA_GLOBALS
                    ? new Reference.ArenaVariable(slot, arena(), place)
                    : new Reference.MapValue(slot, globals.get().name(), place);
        }
        return maps.declaredAt(section.index(), offset)
                .map(map -> new Reference.Map(slot, map.name()))
                .orElseThrow(
                        () -> wrong(
                                slot,
                                "'" + name(symbol) + "' (byte " + offset + " of section " + section.name()
                                        + ") is neither a map nor a global variable",
                                "put maps into SEC(\".maps\"), variables into .data, .rodata or .bss (or a section named .data.NAME)"));
    }

    /** The arena itself; that there is one was seen when its globals were read. */
    private String arena() {
        return maps.list().stream()
                .filter(m -> m.type() == MapType.ARENA && m.role() == MapSpec.Role.DECLARED)
                .findFirst()
                .orElseThrow()
                .name();
    }

    private int place(int slot, Symbol symbol, long offset) {
        if (offset != (int) offset) {
            throw wrong(slot, "'" + name(symbol) + "' lies at the impossible offset " + offset, CORRUPT);
        }
        return (int) offset;
    }

    /** Calls of static functions in the same section need no relocation: the compiler knows the distance. */
    private void addCallsWithinTheSection() {
        int slot = 0;
        for (Instruction instruction : instructions) {
            boolean isCall = instruction.opcode() == Opcode.CALL && instruction.srcReg() == Opcode.BPF_PSEUDO_CALL;
            if (isCall && !bySlot.containsKey(slot)) {
                long target = function.offset() + (slot + instruction.imm() + 1L) * SLOT;
                int from = slot;
                int callee = functions
                        .startingAt(function.section().index(), target)
                        .orElseThrow(() -> wrong(
                                from,
                                "a call reaches byte " + target + " of the section, where no function starts",
                                "was a relocation lost, or a symbol stripped?"));
                bySlot.put(slot, new Reference.Call(slot, callee));
            }
            slot += instruction.slots();
        }
    }

    private String name(Symbol symbol) {
        return input.elf().nameOf(symbol);
    }

    private InputException wrong(int slot, String problem, String advice) {
        Location where = input.where()
                .section(function.section().name() + ", function "
                        + function.symbol().name())
                .instruction(slot);
        return new InputException(lineOf(slot).map(where::line).orElse(where), problem, advice);
    }

    private Optional<String> lineOf(int slot) {
        return lines.stream()
                .filter(line -> line.slot() <= slot)
                .reduce((before, after) -> after)
                .map(line -> line.file() + ":" + line.line() + ":" + line.column());
    }
}
