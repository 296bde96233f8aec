package dev.skep.object.assembly;

import dev.skep.object.assembly.ParsedInstruction.Target;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.program.HelperId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads code alone: every name is a label in it. */
final class PlainCodeReader extends AssemblyReader {
    private final CodeBuilder code = new CodeBuilder();
    private boolean inSection;

    PlainCodeReader(String source) {
        super(source);
    }

    Instructions instructions() {
        List<Instruction> list = new ArrayList<>();
        for (CodeBuilder.Placed placed : code.placed()) {
            try {
                list.add(resolved(placed));
            } catch (Mistake mistake) {
                add(mistake, placed.line());
            }
        }
        throwIfMistaken();
        return Instructions.of(list);
    }

    private Instruction resolved(CodeBuilder.Placed placed) throws Mistake {
        Instruction instruction = placed.parsed().instruction();
        if (placed.parsed().target().isEmpty()) {
            return instruction;
        }
        return switch (placed.parsed().target().get()) {
            case Target.Jump jump -> code.jump(placed, jump);
            case Target.Call call -> instruction.withImm(CodeBuilder.distance(placed.slot(), callee(call)));
            case Target.Address address ->
                instruction.withPseudo(
                        Opcode.BPF_PSEUDO_FUNC,
                        Integer.toUnsignedLong(CodeBuilder.distance(placed.slot(), function(address))));
        };
    }

    private int callee(Target.Call call) throws Mistake {
        Integer slot = code.labels().get(call.name().text());
        if (slot == null) {
            throw unknownCallee(call.name(), code.labels().keySet());
        }
        return slot;
    }

    private int function(Target.Address address) throws Mistake {
        Token name = address.name();
        Integer slot = code.labels().get(name.text());
        if (slot == null || address.valueOffset().isPresent()) {
            throw new Mistake(
                    name,
                    "there is no label " + name.text(),
                    NearestName.advice(
                            name.text(),
                            code.labels().keySet(),
                            "maps can be named in an object only: .map and .program"));
        }
        return slot;
    }

    /** The mistake of calling what is neither a helper nor one of {@code functions}. */
    static Mistake unknownCallee(Token name, Set<String> functions) {
        Set<String> known = new TreeSet<>(functions);
        Arrays.stream(HelperId.values()).skip(1).map(HelperId::functionName).forEach(known::add);
        return new Mistake(
                name,
                "no helper or function is called " + name.text(),
                NearestName.advice(name.text(), known, "helpers' names start with bpf_"));
    }

    @Override
    CodeBuilder code(Token at) {
        return code;
    }

    @Override
    void section(String name, SourceLine line) throws Mistake {
        if (inSection) {
            throw new Mistake(
                    1, line.text().length(), "a second section begins here", "assemble one section at a time");
        }
        inSection = true;
    }

    @Override
    void symbol(Token name, SourceLine line) throws Mistake {
        code.label(name);
    }

    /** Code alone keeps what the instruction holds: names mean something in an object only. */
    @Override
    void relocation(Token symbol) {}

    @Override
    void directive(Token name, List<Token> arguments, SourceLine line) throws Mistake {
        boolean ofObject = ObjectTextReader.DIRECTIVES.contains(name.text());
        throw new Mistake(
                name,
                ofObject ? name.text() + " belongs to a whole object" : "no directive is called " + name.text(),
                ofObject ? "" : NearestName.advice(name.text(), Set.of(".raw", ".constant"), ".raw or .constant"));
    }
}
