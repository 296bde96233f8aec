package dev.skep.compiler.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.FunctionBuilder;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.ir.StackSlot;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.type.CType;
import dev.skep.compiler.unit.MapDeclaration;
import dev.skep.object.BpfObject;
import dev.skep.object.KernelVersion;
import dev.skep.object.instruction.CpuVersion;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import dev.skep.object.program.HelperId;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Verifier;
import dev.skep.verifier.VerifierOptions;
import dev.skep.verifier.kernel.KernelModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was checked before it is used is known to be checked in the code as well, by the rules of old and new kernels. */
class VerifiedProgramsTest {
    private static final Pointer PACKET = Pointer.to(Pointer.Provenance.PACKET);
    private static final Pointer MAP_VALUE = Pointer.to(Pointer.Provenance.MAP_VALUE);
    private static final MapDeclaration COUNTERS = new MapDeclaration(
            "counters",
            MapType.ARRAY,
            Optional.of(CompiledPrograms.INT),
            Optional.of(new CType.Array(CompiledPrograms.LONG, 16)),
            256,
            0,
            MapSpec.Pinning.NONE,
            Optional.empty(),
            List.of());

    private Function program;
    private FunctionBuilder builder;
    private Value context;
    private Block pass;

    @BeforeEach
    void start() {
        program = new Function(
                "counts",
                Function.Linkage.PROGRAM,
                Optional.of("xdp"),
                CompiledPrograms.PROGRAM,
                Int.I32,
                new Position("Counts.java", 1, 1));
        Block entry = program.addBlock("entry");
        context = entry.addParameter("context", Pointer.to(Pointer.Provenance.CONTEXT));
        builder = new FunctionBuilder(program);
        builder.seal(entry);
        pass = program.addBlock("pass");
        pass.terminate(new Terminator.Return(Optional.of(Constant.of(2)), Position.NONE));
    }

    @ParameterizedTest
    @EnumSource(CpuVersion.class)
    void aPacketIsReadWhereItsEndWasComparedWith(CpuVersion version) {
        Value data = packetStart();
        Value end = packetEnd();
        Value payload = after(data, 14);
        passIf(Comparison.GREATER, after(payload, 20), end);
        Value length = load(payload, 0, Int.I8, Int.I32);
        Value headerBytes = shift(binary(BinaryOperator.AND, length, Constant.of(15)), 2);
        Value next = add(payload, extend(headerBytes));
        passIf(Comparison.GREATER, after(next, 8), end);
        Value port = load(next, 2, Int.I16, Int.I32);
        leave(port);
        assertVerified(version);
    }

    @ParameterizedTest
    @EnumSource(CpuVersion.class)
    void aValueOfAMapIsChangedWhereItWasComparedWithNullAndItsIndexWithTheBound(CpuVersion version) {
        Value data = packetStart();
        passIf(Comparison.GREATER, after(data, 34), packetEnd());
        Value key = load(data, 23, Int.I8, Int.I32);
        Value index = load(data, 24, Int.I32, Int.I32);
        Value value = lookup(key);
        passIf(Comparison.EQUAL, value, Constant.nullPointer((Pointer) value.type()));
        Value checked = builder.add(new Operation.Reinterpret(value, MAP_VALUE));
        passIf(Comparison.GREATER_OR_EQUAL, index, Constant.of(16));
        Value element = builder.add(new Operation.PointerAdd(checked, shift64(extend(index), 3), MAP_VALUE));
        Value before = load(element, 0, Int.I64, Int.I64);
        builder.add(new Operation.Store(
                element, 0, Int.I64, binary(BinaryOperator.ADD, before, Constant.of(1L)), Optional.empty()));
        leave(Constant.of(1));
        assertVerified(version);
    }

    /** Index, packet and map value compete with 12 numbers for the four registers that outlive calls. */
    @ParameterizedTest
    @EnumSource(
            value = CpuVersion.class,
            names = {"V3", "V4"})
    void whatWasCheckedAndThenSpilledIsStillKnownToBeChecked(CpuVersion version) {
        Value data = packetStart();
        passIf(Comparison.GREATER, after(data, 60), packetEnd());
        List<Value> numbers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            numbers.add(load(data, 4 * i, Int.I32, Int.I64));
        }
        Value index = load(data, 50, Int.I32, Int.I32);
        passIf(Comparison.GREATER_OR_EQUAL, index, Constant.of(16));
        Value value = lookup(Constant.of(3));
        passIf(Comparison.EQUAL, value, Constant.nullPointer((Pointer) value.type()));
        Value checked = builder.add(new Operation.Reinterpret(value, MAP_VALUE));
        builder.add(new Operation.CallHelper(HelperId.KTIME_GET_NS, List.of(), Int.I64));
        Value element = builder.add(new Operation.PointerAdd(checked, shift64(extend(index), 3), MAP_VALUE));
        Value sum = load(data, 56, Int.I32, Int.I64);
        for (Value number : numbers) {
            sum = binary(BinaryOperator.XOR, sum, number);
        }
        builder.add(new Operation.Store(element, 0, Int.I64, sum, Optional.empty()));
        leave(Constant.of(1));
        assertVerified(version);
    }

    @ParameterizedTest
    @EnumSource(CpuVersion.class)
    void aLoopOverThePacketEnds(CpuVersion version) {
        Value data = packetStart();
        Value end = packetEnd();
        Block head = program.addBlock("head");
        Block body = program.addBlock("body");
        Block next = program.addBlock("next");
        Block done = program.addBlock("done");
        Value i = head.addParameter("i", Int.I32);
        Value sum = head.addParameter("sum", Int.I32);
        builder.end(new Terminator.Jump(new Edge(head, List.of(Constant.of(0), Constant.of(0))), Position.NONE));
        builder.at(head);
        builder.end(new Terminator.Branch(
                Comparison.LESS, i, Constant.of(10), Edge.to(body), Edge.to(done), Position.NONE));
        builder.at(body);
        Value byteAt = add(data, extend(i));
        builder.end(new Terminator.Branch(
                Comparison.GREATER, after(byteAt, 1), end, Edge.to(done), Edge.to(next), Position.NONE));
        builder.at(next);
        Value added = binary(BinaryOperator.ADD, sum, load(byteAt, 0, Int.I8, Int.I32));
        Value more = binary(BinaryOperator.ADD, i, Constant.of(1));
        builder.end(new Terminator.Jump(new Edge(head, List.of(more, added)), Position.NONE));
        builder.at(done);
        leave(sum);
        assertVerified(version);
    }

    private Value lookup(Value key) {
        Value address = builder.add(new Operation.StackAddress(new StackSlot("key", 4, 4)));
        builder.add(new Operation.Store(address, 0, Int.I32, key, Optional.empty()));
        Value map = builder.add(new Operation.MapAddress("counters"));
        return builder.add(new Operation.CallHelper(
                HelperId.MAP_LOOKUP_ELEM, List.of(map, address), Pointer.nullable(Pointer.Provenance.MAP_VALUE)));
    }

    private Value packetStart() {
        return builder.add(new Operation.Load(context, 0, Int.I32, false, PACKET, Optional.empty()));
    }

    private Value packetEnd() {
        return builder.add(new Operation.Load(
                context, 4, Int.I32, false, Pointer.to(Pointer.Provenance.PACKET_END), Optional.empty()));
    }

    private Value after(Value pointer, long distance) {
        return add(pointer, Constant.of(distance));
    }

    private Value add(Value pointer, Value distance) {
        return builder.add(new Operation.PointerAdd(pointer, distance, PACKET));
    }

    private Value load(Value address, int offset, Int width, Int type) {
        return builder.add(new Operation.Load(address, offset, width, false, type, Optional.empty()));
    }

    private Value extend(Value value) {
        return builder.add(new Operation.Extend(Int.I32, false, value, Int.I64));
    }

    private Value shift(Value value, int distance) {
        return binary(BinaryOperator.SHIFT_LEFT, value, Constant.of(distance));
    }

    private Value shift64(Value value, long distance) {
        return binary(BinaryOperator.SHIFT_LEFT, value, Constant.of(distance));
    }

    private Value binary(BinaryOperator operator, Value left, Value right) {
        return builder.add(new Operation.Binary(operator, left, right));
    }

    private void passIf(Comparison comparison, Value left, Value right) {
        Block next = program.addBlock("next");
        builder.end(new Terminator.Branch(comparison, left, right, Edge.to(pass), Edge.to(next), Position.NONE));
        builder.seal(next);
        builder.at(next);
    }

    private void leave(Value value) {
        builder.end(new Terminator.Return(Optional.of(value), Position.NONE));
    }

    private void assertVerified(CpuVersion version) {
        builder.finish();
        BpfObject object =
                CompiledPrograms.assemble(CompiledPrograms.target(version), List.of(COUNTERS), List.of(program));
        List<KernelVersion> kernels = version == CpuVersion.V4
                ? List.of(new KernelVersion(6, 12), new KernelVersion(6, 18))
                : List.of(new KernelVersion(5, 15), new KernelVersion(6, 1), new KernelVersion(6, 18));
        for (KernelVersion kernel : kernels) {
            ProgramVerdict verdict = Verifier.verify(
                    object, object.programs().getFirst(), KernelModel.of(kernel), VerifierOptions.DEFAULT);
            assertThat(verdict)
                    .as(() -> kernel + "\n" + CompiledPrograms.listing(object) + verdict)
                    .isInstanceOf(ProgramVerdict.Accepted.class);
        }
    }
}
