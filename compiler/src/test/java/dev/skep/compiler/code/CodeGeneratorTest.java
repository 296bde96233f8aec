package dev.skep.compiler.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.FieldPath;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.ir.StackSlot;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Type;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.type.CType;
import dev.skep.object.BpfObject;
import dev.skep.object.btf.CoreRelocationKind;
import dev.skep.object.instruction.CpuVersion;
import dev.skep.object.program.HelperId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CodeGeneratorTest {
    private static final FieldPath PID = new FieldPath(
            new CType.Composite("task_struct", false, 8, 4, List.of(new CType.Member("pid", CompiledPrograms.INT, 4))),
            "0:0");

    private final Function function = CompiledPrograms.function("f", Int.I64, Int.I64, Int.I64);
    private final Block entry = function.entry();
    private final Value a = function.parameters().get(0);
    private final Value b = function.parameters().get(1);
    private int line = 10;

    @Test
    void constantsAreImmediatesWhereTheyFit() {
        Value sum = binary(BinaryOperator.ADD, a, Constant.of(-5L));
        leave(binary(BinaryOperator.XOR, sum, Constant.of(0x1_0000_0000L)));
        assertCode(CpuVersion.V3, """
                0: r0 = r1
                1: r0 += -0x5
                2: r1 = 0x100000000 ll
                4: r0 ^= r1
                5: exit
                """);
    }

    @Test
    void constantDistancesAreFoldedIntoLoadsAndStores() {
        Pointer memory = Pointer.to(Pointer.Provenance.MAP_VALUE);
        Value base = add(new Operation.Reinterpret(a, memory));
        Value next = add(new Operation.PointerAdd(base, Constant.of(16L), memory));
        Value far = add(new Operation.PointerAdd(next, Constant.of(40_000L), memory));
        Value loaded = add(new Operation.Load(next, 4, Int.I32, false, Int.I64, Optional.empty()));
        add(new Operation.Store(far, 0, Int.I64, loaded, Optional.empty()));
        leave(loaded);
        assertCode(CpuVersion.V3, """
                0: r2 = r1
                1: r2 += 0x10
                2: r2 += 0x9c40
                3: r0 = *(u32 *)(r1 + 0x14)
                4: *(u64 *)(r2 + 0x0) = r0
                5: exit
                """);
    }

    @Test
    void theFrameIsAddressedDirectlyAndConstantsAreStoredFromV4On() {
        StackSlot slot = new StackSlot("key", 8, 8);
        Value address = add(new Operation.StackAddress(slot));
        add(new Operation.Store(address, 0, Int.I32, Constant.of(7), Optional.empty()));
        add(new Operation.Store(address, 4, Int.I32, Constant.of(7), Optional.empty()));
        Value map = add(new Operation.MapAddress("flows"));
        add(new Operation.CallHelper(HelperId.MAP_DELETE_ELEM, List.of(map, address), Type.Nothing.VOID));
        leave(Constant.of(0L));
        assertCode(CpuVersion.V4, """
                0: *(u32 *)(r10 - 0x8) = 0x7
                1: *(u32 *)(r10 - 0x4) = 0x7
                2: r1 = 0x0 ll
                4: r2 = r10
                5: r2 += -0x8
                6: call 0x3
                7: r0 = 0x0
                8: exit
                """);
        assertCode(CpuVersion.V3, """
                0: w1 = 0x7
                1: *(u32 *)(r10 - 0x8) = r1
                2: *(u32 *)(r10 - 0x4) = r1
                3: r1 = 0x0 ll
                5: r2 = r10
                6: r2 += -0x8
                7: call 0x3
                8: r0 = 0x0
                9: exit
                """);
        assertThat(CodeGenerator.generate(function, CompiledPrograms.target(CpuVersion.V4))
                        .references())
                .containsExactly(new CompiledFunction.SymbolReference(2, new Symbol.Map("flows")));
    }

    @Test
    void aComparisonThatOnlyABranchUsesIsDoneByTheBranch() {
        Block yes = function.addBlock("yes");
        Block no = function.addBlock("no");
        Value compared = add(new Operation.Compare(Comparison.SIGNED_LESS, a, Constant.of(9L)));
        entry.terminate(new Terminator.Branch(
                Comparison.EQUAL, compared, Constant.of(0), Edge.to(no), Edge.to(yes), Position.NONE));
        yes.terminate(new Terminator.Return(Optional.of(a), Position.NONE));
        no.terminate(new Terminator.Return(Optional.of(b), Position.NONE));
        assertCode(CpuVersion.V3, """
                0: if r1 s>= 0x9 goto +0x2
                1: r0 = r1
                2: exit
                3: r0 = r2
                4: exit
                """);
        assertCode(CpuVersion.V1, """
                0: if r1 s>= 0x9 goto +0x2
                1: r0 = r1
                2: exit
                3: r0 = r2
                4: exit
                """);
    }

    @Test
    void loadsOfFieldsKeepTheOffsetThatIsRelocated() {
        Pointer kernel = Pointer.to(Pointer.Provenance.KERNEL);
        Value task = add(new Operation.PointerAdd(a, Constant.of(8L), kernel));
        Value pid = add(new Operation.Load(task, 4, Int.I32, true, Int.I32, Optional.of(PID)));
        Value size = add(new Operation.Relocated(CoreRelocationKind.TYPE_SIZE, PID, 8, Int.I64));
        Value wide = add(new Operation.Extend(Int.I32, true, pid, Int.I64));
        leave(binary(BinaryOperator.ADD, wide, size));
        CompiledFunction code = CodeGenerator.generate(function, CompiledPrograms.target(CpuVersion.V4));
        assertThat(CompiledPrograms.listing(code.instructions())).isEqualTo("""
                0: r1 += 0x8
                1: r2 = *(u32 *)(r1 + 0x4)
                2: r1 = 0x8
                3: r0 = (s32)r2
                4: r0 += r1
                5: exit
                """);
        assertThat(code.relocations())
                .containsExactly(
                        new CompiledFunction.Relocation(1, CoreRelocationKind.FIELD_BYTE_OFFSET, PID),
                        new CompiledFunction.Relocation(2, CoreRelocationKind.TYPE_SIZE, PID));
    }

    @Test
    void linesSayWhereEachInstructionComesFrom() {
        Value sum = binary(BinaryOperator.ADD, a, b);
        leave(binary(BinaryOperator.MULTIPLY, sum, Constant.of(3L)));
        CompiledFunction code = CodeGenerator.generate(function, Target.DEFAULT);
        assertThat(code.lines().stream().map(l -> l.slot() + " " + l.position()))
                .containsExactly("0 Test.java:10", "2 Test.java:11", "3 Test.java:12");
    }

    @Test
    void aFrameThatIsTooLargeIsRefusedWithItsLargestSlots() {
        List<Value> addresses = new ArrayList<>();
        for (int size : new int[] {8, 400, 200, 16}) {
            Value address = add(new Operation.StackAddress(new StackSlot("buffer" + size, size, 8)));
            add(new Operation.Store(address, 0, Int.I64, Constant.of(0L), Optional.empty()));
            addresses.add(address);
        }
        addresses.forEach(address -> add(new Operation.Load(address, 0, Int.I64, false, Int.I64, Optional.empty())));
        leave(a);
        assertThatExceptionOfType(CodeGenerationException.class)
                .isThrownBy(() -> CodeGenerator.generate(function, Target.DEFAULT))
                .withMessage("Test.java:12: function f needs 624 bytes of stack, and BPF has 512:"
                        + " buffer400 (400 bytes, Test.java:12), buffer200 (200 bytes, Test.java:14), buffer16 (16"
                        + " bytes, Test.java:16); keep large data in a map (a per-CPU array with one entry does)")
                .satisfies(refused -> assertThat(refused.position().line()).isEqualTo(12));
    }

    @Test
    void moreThanFiveArgumentsAreRefused() {
        add(new Operation.CallHelper(HelperId.TRACE_PRINTK, Collections.nCopies(6, a), Type.Nothing.VOID));
        leave(a);
        assertThatExceptionOfType(CodeGenerationException.class)
                .isThrownBy(() -> CodeGenerator.generate(function, Target.DEFAULT))
                .withMessage("Test.java:10: function f calls another with 6 arguments, and BPF passes five; put some of"
                        + " them into a structure");
    }

    @Test
    void atomicOperationsThatCameLaterAreRefused() {
        leave(add(new Operation.Atomic(Operation.AtomicOperator.OR, a, 0, b, true)));
        assertThatExceptionOfType(CodeGenerationException.class)
                .isThrownBy(() -> CodeGenerator.generate(function, CompiledPrograms.target(CpuVersion.V2)))
                .withMessageStartingWith(
                        "Test.java:10: function f changes memory atomically in a way that came with v3");
    }

    @Test
    void jumpsThatAreTooFarAreLongOnesFromV4OnAndRefusedBefore() {
        Block end = function.addBlock("end");
        Block work = function.addBlock("work");
        entry.terminate(new Terminator.Branch(
                Comparison.EQUAL, a, Constant.of(0L), Edge.to(end), Edge.to(work), new Position("Test.java", 7, 1)));
        Value value = a;
        for (int i = 0; i < 33_000; i++) {
            Instruction next = new Instruction(
                    new Operation.Binary(BinaryOperator.MULTIPLY, value, Constant.of(3L)), Position.NONE);
            work.instructions().add(next);
            value = next;
        }
        Value address = new Instruction(new Operation.StackAddress(new StackSlot("x", 8, 8)), Position.NONE);
        work.instructions().add((Instruction) address);
        work.instructions()
                .add(new Instruction(new Operation.Store(address, 0, Int.I64, value, Optional.empty()), Position.NONE));
        work.terminate(new Terminator.Jump(Edge.to(end), Position.NONE));
        end.terminate(new Terminator.Return(Optional.of(b), Position.NONE));
        assertThatExceptionOfType(CodeGenerationException.class)
                .isThrownBy(() -> CodeGenerator.generate(function, Target.DEFAULT))
                .withMessageStartingWith("Test.java:7: function f has 3300")
                .withMessageContaining("compile for v4");
        BpfObject object = CompiledPrograms.object(CompiledPrograms.target(CpuVersion.V4), function);
        assertThat(CompiledPrograms.verify(object).isAccepted()).isTrue();
    }

    private Instruction add(Operation operation) {
        Instruction instruction = new Instruction(operation, new Position("Test.java", line++, 1));
        entry.instructions().add(instruction);
        return instruction;
    }

    private Value binary(BinaryOperator operator, Value left, Value right) {
        return add(new Operation.Binary(operator, left, right));
    }

    private void leave(Value value) {
        entry.terminate(new Terminator.Return(Optional.of(value), new Position("Test.java", line++, 1)));
    }

    private void assertCode(CpuVersion version, String expected) {
        CompiledFunction code = CodeGenerator.generate(function, CompiledPrograms.target(version));
        assertThat(CompiledPrograms.listing(code.instructions())).isEqualTo(expected);
    }
}
