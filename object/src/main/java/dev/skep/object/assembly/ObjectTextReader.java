package dev.skep.object.assembly;

import dev.skep.object.BpfObject;
import dev.skep.object.assembly.ParsedInstruction.Target;
import dev.skep.object.btf.Btf;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.map.MapSpec;
import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.SectionDefinition;
import dev.skep.object.program.SectionTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a whole object: directives open programs and functions, declare maps, and name the license. */
final class ObjectTextReader extends AssemblyReader {
    /** The directives only an object can have. */
    static final Set<String> DIRECTIVES = Set.of(".program", ".function", ".map", ".license");

    private static final String TEXT = ".text";

    private final String source;
    private final List<FunctionText> functions = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, FunctionText> lastInSection = new HashMap<>();
    private final Map<String, MapSpec> maps = new LinkedHashMap<>();
    private Optional<String> license = Optional.empty();
    /** The section of a listing that is being read; code outside of listings is in sections its directives name. */
    private String listedSection = TEXT;

    ObjectTextReader(String source) {
        super(source);
        this.source = source;
    }

    BpfObject object() {
        ReferenceResolver resolver = new ReferenceResolver(source, functions, maps, this);
        List<FunctionSpec> specs = new ArrayList<>();
        List<ProgramSpec> programs = new ArrayList<>();
        for (FunctionText function : functions) {
            if (function.code().isEmpty()) {
                add(new Mistake(function.name(), function.name().text() + " has no instructions", ""), function.line());
            }
            specs.add(resolver.resolve(function));
            if (function.program().isPresent()) {
                programs.add(ProgramSpec.inSection(function.name().text(), function.section(), specs.size() - 1));
            }
        }
        throwIfMistaken();
        return new BpfObject(
                baseName(source),
                programs,
                specs,
                List.copyOf(maps.values()),
                List.of(),
                List.of(),
                Btf.EMPTY,
                license.orElse(""),
                0);
    }

    /** {@code firewall} for {@code dir/firewall.s}. */
    private static String baseName(String source) {
        String file = source.substring(source.lastIndexOf('/') + 1);
        int dot = file.lastIndexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }

    @Override
    CodeBuilder code(Token at) throws Mistake {
        if (functions.isEmpty()) {
            throw new Mistake(
                    at,
                    "this is outside of a program",
                    "begin one with .program NAME SECTION, for example .program drop xdp");
        }
        return functions.getLast().code();
    }

    @Override
    void section(String name, SourceLine line) {
        listedSection = name;
    }

    /** A symbol of a listing is a function, or a label clang 18 and older have left in the object. */
    @Override
    void symbol(Token name, SourceLine line) throws Mistake {
        if (name.text().matches("LBB[0-9_]+")) {
            code(name).label(name);
        } else if (listedSection.equals(TEXT)) {
            open(name, line, TEXT, FunctionSpec.Linkage.STATIC, Optional.empty());
        } else {
            openProgram(name, line, new Token(Token.Kind.NAME, listedSection, name.column()));
        }
    }

    @Override
    void relocation(Token symbol) throws Mistake {
        CodeBuilder code = code(symbol);
        if (code.isEmpty()) {
            throw new Mistake(symbol, "there is no instruction above that could refer to " + symbol.text(), "");
        }
        Instruction instruction = code.last().parsed().instruction();
        if (instruction.opcode() == Opcode.CALL) {
            code.replaceLast(ParsedInstruction.to(new Target.Call(symbol), instruction));
        } else if (instruction.isWide()) {
            code.replaceLast(ParsedInstruction.to(new Target.Address(symbol, Optional.empty()), instruction));
        } else {
            throw new Mistake(
                    symbol, "the instruction above cannot refer to a symbol", "only calls and `ll` loads can");
        }
    }

    @Override
    void directive(Token name, List<Token> arguments, SourceLine line) throws Mistake {
        switch (name.text()) {
            case ".program" -> {
                require(arguments.size() == 2, name, "a name and a section", ".program drop xdp");
                openProgram(arguments.getFirst(), line, arguments.get(1));
            }
            case ".function" -> openFunction(name, arguments, line);
            case ".map" -> declareMap(name, arguments);
            case ".license" -> {
                require(arguments.size() == 1 && license.isEmpty(), name, "one text, once", ".license \"GPL\"");
                license = Optional.of(arguments.getFirst().text());
            }
            default ->
                throw new Mistake(
                        name,
                        "no directive is called " + name.text(),
                        NearestName.advice(
                                name.text(),
                                Set.of(".program", ".function", ".map", ".license", ".constant", ".raw"),
                                ".program, .function, .map, .license, .constant or .raw"));
        }
    }

    private static void require(boolean condition, Token directive, String what, String example) throws Mistake {
        if (!condition) {
            throw new Mistake(directive, directive.text() + " takes " + what, example);
        }
    }

    private void openFunction(Token directive, List<Token> arguments, SourceLine line) throws Mistake {
        boolean global = arguments.size() == 2 && arguments.get(1).is("global");
        require(arguments.size() == 1 || global, directive, "a name and perhaps `global`", ".function parse");
        open(
                arguments.getFirst(),
                line,
                TEXT,
                global ? FunctionSpec.Linkage.GLOBAL : FunctionSpec.Linkage.STATIC,
                Optional.empty());
    }

    private void openProgram(Token name, SourceLine line, Token section) throws Mistake {
        Optional<SectionTable.Meaning> meaning = SectionTable.lookup(section.text());
        if (meaning.isEmpty()) {
            Set<String> known = SectionTable.definitions().stream()
                    .map(SectionDefinition::name)
                    .collect(Collectors.toSet());
            throw new Mistake(
                    section,
                    "no kind of program goes by the section name " + section.text(),
                    NearestName.advice(section.text(), known, "for example xdp, tc, tracepoint/sched/sched_switch"));
        }
        open(name, line, section.text(), FunctionSpec.Linkage.GLOBAL, meaning);
    }

    private void open(
            Token name,
            SourceLine line,
            String section,
            FunctionSpec.Linkage linkage,
            Optional<SectionTable.Meaning> program)
            throws Mistake {
        requireNew(name);
        FunctionText previous = lastInSection.get(section);
        FunctionText function = new FunctionText(
                name, line, section, linkage, program, previous == null ? 0 : previous.endSlot(), new CodeBuilder());
        functions.add(function);
        lastInSection.put(section, function);
    }

    private void requireNew(Token name) throws Mistake {
        if (!names.add(name.text())) {
            throw new Mistake(name, name.text() + " stands here a second time", "give it another name");
        }
    }

    private void declareMap(Token directive, List<Token> arguments) throws Mistake {
        MapSpec map = new MapDirective(directive, arguments, expressions()).read(maps);
        requireNew(arguments.getFirst());
        maps.put(map.name(), map);
    }
}
