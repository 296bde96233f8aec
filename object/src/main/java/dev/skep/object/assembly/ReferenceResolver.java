package dev.skep.object.assembly;

import dev.skep.object.assembly.ParsedInstruction.Target;
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
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Turns functions as read into functions as specified: names become references to maps and functions. */
final class ReferenceResolver {
    private final Map<String, MapSpec> maps;
    private final AssemblyReader mistakes;
    private final String source;
    private final Map<String, Integer> byName = new TreeMap<>();
    private final Map<Place, Integer> byPlace = new HashMap<>();

    /** Where a function starts. */
    private record Place(String section, long slot) {}

    /** @param mistakes where they are collected */
    ReferenceResolver(String source, List<FunctionText> functions, Map<String, MapSpec> maps, AssemblyReader mistakes) {
        this.source = source;
        this.maps = maps;
        this.mistakes = mistakes;
        for (int i = 0; i < functions.size(); i++) {
            FunctionText function = functions.get(i);
            byName.put(function.name().text(), i);
            byPlace.putIfAbsent(new Place(function.section(), function.firstSlot()), i);
        }
    }

    FunctionSpec resolve(FunctionText function) {
        List<Instruction> instructions = new ArrayList<>();
        List<Reference> references = new ArrayList<>();
        List<FunctionSpec.Line> lines = new ArrayList<>();
        for (CodeBuilder.Placed placed : function.code().placed()) {
            SourceLine line = placed.line();
            lines.add(new FunctionSpec.Line(
                    placed.slot(), source, line.number(), 0, line.text().strip()));
            try {
                instructions.add(resolve(function, placed, references));
            } catch (Mistake mistake) {
                mistakes.add(mistake, line);
            }
        }
        return new FunctionSpec(
                function.name().text(),
                function.section(),
                function.firstSlot() * 8,
                function.linkage(),
                0,
                Instructions.of(instructions),
                references,
                lines,
                List.of());
    }

    private Instruction resolve(FunctionText function, CodeBuilder.Placed placed, List<Reference> references)
            throws Mistake {
        Instruction instruction = placed.parsed().instruction();
        if (placed.parsed().target().isEmpty()) {
            localCall(function, placed).ifPresent(references::add);
            return instruction;
        }
        switch (placed.parsed().target().get()) {
            case Target.Jump jump -> {
                return function.code().jump(placed, jump);
            }
            case Target.Call call -> references.add(new Reference.Call(placed.slot(), callee(call, instruction)));
            case Target.Address address -> references.add(address(placed.slot(), address, instruction));
        }
        return instruction.isWide()
                ? Instruction.lddw(instruction.dstReg(), 0, 0)
                : Instruction.of(Opcode.CALL, 0, Opcode.BPF_PSEUDO_CALL, 0, -1);
    }

    /** The reference of a call by distance. */
    private Optional<Reference> localCall(FunctionText function, CodeBuilder.Placed placed) throws Mistake {
        Instruction call = placed.parsed().instruction();
        if (call.opcode() != Opcode.CALL || call.srcReg() != Opcode.BPF_PSEUDO_CALL) {
            return Optional.empty();
        }
        long target = function.firstSlot() + placed.slot() + call.imm() + 1L;
        int callee = functionAt(function.section(), target)
                .orElseThrow(() -> new Mistake(
                        placed.line().start() + 1,
                        placed.line().statement().length(),
                        "no function starts where this call leads",
                        "name the function: `call name`, or paste a listing with relocations (skep disasm -r)"));
        return Optional.of(new Reference.Call(placed.slot(), callee));
    }

    private int callee(Target.Call call, Instruction instruction) throws Mistake {
        Token name = call.name();
        Optional<Integer> named = functionNamed(name.text());
        if (named.isEmpty()) {
            // In a listing a static function may be named by its section and the distance the call holds.
            named = functionAt(name.text(), instruction.imm() + 1L);
        }
        if (named.isEmpty()) {
            throw PlainCodeReader.unknownCallee(name, byName.keySet());
        }
        return named.get();
    }

    private Reference address(int slot, Target.Address address, Instruction instruction) throws Mistake {
        Token name = address.name();
        if (maps.containsKey(name.text())) {
            return address.valueOffset().isPresent()
                    ? new Reference.MapValue(
                            slot, name.text(), address.valueOffset().get())
                    : new Reference.Map(slot, name.text());
        }
        Optional<Integer> function = functionNamed(name.text());
        if (function.isEmpty()) {
            function = functionAt(name.text(), instruction.imm64() / 8);
        }
        if (function.isEmpty() || address.valueOffset().isPresent()) {
            TreeSet<String> known = new TreeSet<>(byName.keySet());
            known.addAll(maps.keySet());
            throw new Mistake(
                    name,
                    "no map or function is called " + name.text(),
                    NearestName.advice(name.text(), known, "declare a map with .map " + name.text() + " TYPE ..."));
        }
        return new Reference.FunctionAddress(slot, function.get());
    }

    private Optional<Integer> functionNamed(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    private Optional<Integer> functionAt(String section, long slot) {
        return Optional.ofNullable(byPlace.get(new Place(section, slot)));
    }
}
