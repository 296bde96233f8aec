package dev.skep.compiler.assembly;

import dev.skep.compiler.code.CompiledFunction;
import dev.skep.compiler.code.CompiledFunction.Line;
import dev.skep.compiler.code.CompiledFunction.Relocation;
import dev.skep.compiler.code.CompiledFunction.SymbolReference;
import dev.skep.compiler.code.Symbol;
import dev.skep.compiler.ir.FieldPath;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Function.Linkage;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.type.CType;
import dev.skep.compiler.type.CType.Scalar.Encoding;
import dev.skep.compiler.unit.CompilationUnit;
import dev.skep.compiler.unit.GlobalSection;
import dev.skep.compiler.unit.KernelFunction;
import dev.skep.compiler.unit.MapDeclaration;
import dev.skep.object.Bytes;
import dev.skep.object.assembly.Assembler;
import dev.skep.object.btf.CoreRelocationKind;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A unit with one of everything, its code written by hand. */
final class Units {
    static final CType.Scalar INT = new CType.Scalar("int", 4, Encoding.SIGNED);
    static final CType.Scalar U64 = new CType.Scalar("unsigned long", 8, Encoding.UNSIGNED);
    static final CType.Composite TASK = new CType.Composite(
            "task_struct",
            false,
            16,
            8,
            List.of(
                    new CType.Member("pid", INT, 0),
                    new CType.Member("parent", new CType.Pointer(new CType.Named("task_struct", false)), 8)));
    static final CType.Composite FLOW = new CType.Composite(
            "flow",
            false,
            24,
            8,
            List.of(
                    new CType.Member("ports", new CType.Array(INT, 2), 0),
                    new CType.Member("bytes", U64, 8),
                    new CType.Member("next", new CType.Pointer(new CType.Named("elsewhere", false)), 16)));
    static final CType.Prototype PROGRAM =
            new CType.Prototype(INT, List.of(new CType.Parameter("ctx", new CType.Pointer(CType.VOID))));
    static final CType.Prototype NOTHING = new CType.Prototype(CType.VOID, List.of());
    static final String FILE = "Firewall.java";

    static final Function HELPER = function("helper", Linkage.STATIC, Optional.empty(), NOTHING);
    static final Function EACH = function("each", Linkage.CALLBACK, Optional.empty(), PROGRAM);
    static final Function GLOBAL = function("checked", Linkage.GLOBAL, Optional.empty(), NOTHING);
    static final Function FIRST = function("first", Linkage.PROGRAM, Optional.of("xdp"), PROGRAM);
    static final Function SECOND = function("second", Linkage.PROGRAM, Optional.of("xdp"), PROGRAM);
    static final Function TRACED = function("traced", Linkage.PROGRAM, Optional.of("tp/sched/sched_switch"), PROGRAM);

    private static final Instruction CALL = Instruction.of(Opcode.CALL, 0, 0, 0, 0);

    private static final Instructions EVERYTHING = Instructions.of(
            CALL,
            CALL,
            CALL,
            Instruction.lddw(1, 0, 0),
            Instruction.lddw(1, 0, 0),
            Instruction.lddw(1, 0, 0),
            Instruction.of(Opcode.BPF_ALU64 | Opcode.BPF_MOV, 0, 0, 0, 0),
            Instruction.of(Opcode.EXIT, 0, 0, 0, 0));

    private static final List<SymbolReference> REFERENCES = List.of(
            new SymbolReference(0, new Symbol.Call(HELPER)),
            new SymbolReference(1, new Symbol.Call(GLOBAL)),
            new SymbolReference(2, new Symbol.KernelFunction("bpf_rcu_read_lock")),
            new SymbolReference(3, new Symbol.Map("flows")),
            new SymbolReference(5, new Symbol.Global(".rodata", 8)),
            new SymbolReference(7, new Symbol.FunctionAddress(EACH)));

    private static final List<Line> LINES = List.of(
            new Line(0, Position.NONE),
            new Line(1, new Position(FILE, 2, 5)),
            new Line(3, Position.NONE),
            new Line(5, new Position(FILE, 2, 5)),
            new Line(9, new Position(FILE, 3, 9)));

    private static final List<Relocation> RELOCATIONS =
            List.of(new Relocation(9, CoreRelocationKind.FIELD_BYTE_OFFSET, new FieldPath(TASK, "0:1")));

    private Units() {}

    static Function function(String name, Linkage linkage, Optional<String> section, CType.Prototype prototype) {
        return new Function(name, linkage, section, prototype, Int.I32, new Position(FILE, 1, 0));
    }

    static CompilationUnit unit() {
        MapDeclaration counters = map("counters", MapType.ARRAY, Optional.of(INT), Optional.of(U64));
        return new CompilationUnit(
                "firewall",
                List.of(HELPER, EACH, GLOBAL, FIRST, SECOND, TRACED),
                List.of(
                        map("flows", MapType.HASH, Optional.of(INT), Optional.of(FLOW)),
                        counters,
                        map("events", MapType.RINGBUF, Optional.empty(), Optional.empty()),
                        map(
                                "nested",
                                MapType.ARRAY_OF_MAPS,
                                Optional.of(INT),
                                Optional.empty(),
                                Optional.of(counters),
                                List.of(new MapSpec.InitialSlot(1, "counters"))),
                        map(
                                "jumps",
                                MapType.PROG_ARRAY,
                                Optional.of(INT),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(new MapSpec.InitialSlot(3, "second")))),
                List.of(
                        new GlobalSection(
                                ".rodata",
                                List.of(variable("limit", INT, 0), variable("mask", U64, 8)),
                                Bytes.of(new byte[] {7, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8})),
                        new GlobalSection(".data", List.of(variable("level", INT, 0)), Bytes.EMPTY),
                        new GlobalSection(".bss", List.of(variable("seen", U64, 0)), Bytes.EMPTY),
                        new GlobalSection(".data.empty", List.of(), Bytes.EMPTY)),
                List.of(
                        new KernelFunction("bpf_rcu_read_lock", NOTHING, false),
                        new KernelFunction("bpf_never_called", NOTHING, true)),
                List.of(),
                "GPL",
                Map.of(FILE, List.of("class Firewall {", "    static int first() {", "        return 1;", "    }")));
    }

    private static GlobalSection.Variable variable(String name, CType type, int offset) {
        return new GlobalSection.Variable(name, "", type, offset);
    }

    private static MapDeclaration map(String name, MapType type, Optional<CType> key, Optional<CType> value) {
        return map(name, type, key, value, Optional.empty(), List.of());
    }

    private static MapDeclaration map(
            String name,
            MapType type,
            Optional<CType> key,
            Optional<CType> value,
            Optional<MapDeclaration> inner,
            List<MapSpec.InitialSlot> slots) {
        return new MapDeclaration(name, type, key, value, 4096, 0, MapSpec.Pinning.NONE, inner, slots);
    }

    /** All functions of {@link #unit}, compiled. */
    static List<CompiledFunction> compiled() {
        return List.of(
                plain(HELPER),
                plain(EACH),
                plain(GLOBAL),
                plain(FIRST),
                new CompiledFunction(SECOND, EVERYTHING, REFERENCES, LINES, RELOCATIONS),
                plain(TRACED));
    }

    private static CompiledFunction plain(Function function) {
        Instructions code = Assembler.instructions("test", "r0 = 1\nexit\n");
        return new CompiledFunction(
                function, code, List.of(), List.of(new Line(0, new Position(FILE, 3, 9))), List.of());
    }
}
