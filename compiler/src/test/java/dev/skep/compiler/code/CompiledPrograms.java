package dev.skep.compiler.code;

import dev.skep.compiler.assembly.ObjectAssembler;
import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.FunctionBuilder;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.IntegrityChecker;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Type;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.type.CType;
import dev.skep.compiler.unit.CompilationUnit;
import dev.skep.compiler.unit.MapDeclaration;
import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineObject;
import dev.skep.engine.EngineOptions;
import dev.skep.object.BpfObject;
import dev.skep.object.KernelVersion;
import dev.skep.object.host.Program;
import dev.skep.object.instruction.CpuVersion;
import dev.skep.object.instruction.Disassembler;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.program.FunctionSpec;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Verifier;
import dev.skep.verifier.VerifierOptions;
import dev.skep.verifier.kernel.KernelModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes programs that take numbers from a packet of functions that compute something from numbers, to verify and run them. */
final class CompiledPrograms {
    static final CType.Scalar INT = new CType.Scalar("int", 4, CType.Scalar.Encoding.SIGNED);
    static final CType.Scalar LONG = new CType.Scalar("long", 8, CType.Scalar.Encoding.SIGNED);
    static final CType.Prototype PROGRAM =
            new CType.Prototype(INT, List.of(new CType.Parameter("context", new CType.Pointer(CType.VOID))));
    private static final Pointer PACKET = Pointer.to(Pointer.Provenance.PACKET);
    private static final int PACKET_BYTES = 64;

    private CompiledPrograms() {}

    static Target target(CpuVersion version) {
        return new Target(version, new KernelVersion(6, 12));
    }

    /** A static function without blocks, of so many parameters of a type. */
    static Function function(String name, Type result, Int... parameters) {
        List<CType.Parameter> types = new ArrayList<>();
        for (Int parameter : parameters) {
            types.add(new CType.Parameter("p" + types.size(), parameter == Int.I32 ? INT : LONG));
        }
        CType resultType = result == Int.I32 ? INT : result == Int.I64 ? LONG : CType.VOID;
        Function function = new Function(
                name,
                Function.Linkage.STATIC,
                Optional.empty(),
                new CType.Prototype(resultType, types),
                result,
                new Position("Test.java", 1, 1));
        Block entry = function.addBlock("entry");
        for (int i = 0; i < parameters.length; i++) {
            entry.addParameter("p" + i, parameters[i]);
        }
        return function;
    }

    /** An XDP program that calls {@code callee} with numbers from the packet, eight bytes each, and returns what it returns. */
    static Function program(Function callee) {
        Function program =
                new Function("program", Function.Linkage.PROGRAM, Optional.of("xdp"), PROGRAM, Int.I64, Position.NONE);
        Block entry = program.addBlock("entry");
        Value context = entry.addParameter("context", Pointer.to(Pointer.Provenance.CONTEXT));
        FunctionBuilder builder = new FunctionBuilder(program);
        builder.seal(entry);
        Value data = builder.add(new Operation.Load(context, 0, Int.I32, false, PACKET, Optional.empty()));
        Value end = builder.add(new Operation.Load(
                context, 4, Int.I32, false, Pointer.to(Pointer.Provenance.PACKET_END), Optional.empty()));
        Value last = builder.add(new Operation.PointerAdd(data, Constant.of((long) PACKET_BYTES), PACKET));
        Block tooShort = program.addBlock("too_short");
        Block enough = program.addBlock("enough");
        builder.end(new Terminator.Branch(
                Comparison.GREATER, last, end, Edge.to(tooShort), Edge.to(enough), Position.NONE));
        builder.at(tooShort);
        builder.end(new Terminator.Return(Optional.of(Constant.of(-1L)), Position.NONE));
        builder.at(enough);
        List<Value> arguments = new ArrayList<>();
        for (int i = 0; i < callee.parameters().size(); i++) {
            Int type = (Int) callee.parameters().get(i).type();
            arguments.add(builder.add(new Operation.Load(data, 8 * i, type, false, type, Optional.empty())));
        }
        Value result = builder.add(new Operation.CallFunction(callee, arguments));
        Value wide =
                result.type() == Int.I64 ? result : builder.add(new Operation.Extend(Int.I32, true, result, Int.I64));
        builder.end(new Terminator.Return(Optional.of(wide), Position.NONE));
        builder.finish();
        return program;
    }

    /** An object of these functions. */
    static BpfObject assemble(Target target, List<MapDeclaration> maps, List<Function> functions) {
        functions.forEach(IntegrityChecker::require);
        List<CompiledFunction> compiled =
                functions.stream().map(f -> CodeGenerator.generate(f, target)).toList();
        CompilationUnit unit =
                new CompilationUnit("test", functions, maps, List.of(), List.of(), List.of(), "GPL", Map.of());
        return ObjectAssembler.assemble(unit, compiled);
    }

    /** An object whose program calls {@code callee}. */
    static BpfObject object(Target target, Function callee, Function... others) {
        List<Function> functions = new ArrayList<>(List.of(program(callee), callee));
        functions.addAll(List.of(others));
        return assemble(target, List.of(), functions);
    }

    /** What the verifier says for the newest kernel. */
    static ProgramVerdict verify(BpfObject object) {
        return Verifier.verify(object, object.programs().getFirst(), KernelModel.newest(), VerifierOptions.DEFAULT);
    }

    /** A packet with these numbers. */
    static byte[] packet(long... numbers) {
        ByteBuffer packet = ByteBuffer.allocate(PACKET_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long number : numbers) {
            packet.putLong(number);
        }
        return packet.array();
    }

    /** An engine that traps accesses that go wrong, and verifies nothing. */
    static EngineHost engine() {
        return EngineHost.open(EngineOptions.defaults()
                .withBackend(EngineOptions.Backend.INTERPRETER)
                .withChecked(true));
    }

    /** What the program returns for these numbers. */
    static long run(EngineObject loaded, long... numbers) {
        return loaded.programs()
                .getFirst()
                .run(Program.Input.packet(packet(numbers)))
                .returnValue();
    }

    /** The instructions of all functions, for messages. */
    static String listing(BpfObject object) {
        StringBuilder text = new StringBuilder();
        for (FunctionSpec function : object.functions()) {
            text.append(function.name()).append(":\n").append(listing(function.instructions()));
        }
        return text.toString();
    }

    /** Instructions, one a line, by slot. */
    static String listing(Instructions instructions) {
        StringBuilder text = new StringBuilder();
        int slot = 0;
        for (Instruction instruction : instructions) {
            text.append(slot)
                    .append(": ")
                    .append(Disassembler.text(instruction))
                    .append('\n');
            slot += instruction.slots();
        }
        return text.toString();
    }
}
