package dev.skep.object.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.btf.Btf;
import dev.skep.object.file.CompiledObjects;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.program.ExternSpec;
import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.FunctionSpec.Linkage;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.ProgramType;
import dev.skep.object.program.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgramImageBuilderTest {
    private static final Instruction EXIT = Instruction.of(Opcode.EXIT, 0, 0, 0, 0);
    private static final Instruction CALL = Instruction.of(Opcode.CALL, 0, Opcode.BPF_PSEUDO_CALL, 0, -1);
    private static final Instruction LOAD = Instruction.lddw(3, 0, 0);

    private static FunctionSpec function(String name, List<Instruction> code, Reference... references) {
        return new FunctionSpec(
                name, ".text", 0, Linkage.STATIC, 0, Instructions.of(code), List.of(references), List.of(), List.of());
    }

    private static BpfObject object(FunctionSpec... functions) {
        ProgramSpec program = new ProgramSpec(
                functions[0].name(), "xdp", ProgramType.XDP, Optional.empty(), Optional.empty(), true, 0, 0);
        List<ExternSpec> externs = List.of(
                new ExternSpec.Kconfig("CONFIG_HZ", false, 1, 24, 4),
                new ExternSpec.KernelVariable("typed", false, 7),
                new ExternSpec.KernelVariable("typeless", false, 0),
                new ExternSpec.KernelFunction("kfunc", false, 9));
        return new BpfObject(
                "test", List.of(program), List.of(functions), List.of(), externs, List.of(), Btf.EMPTY, "GPL", 0);
    }

    private static ProgramImage build(FunctionSpec... functions) {
        BpfObject object = object(functions);
        return ProgramImageBuilder.build(object, object.programs().getFirst());
    }

    private static List<String> names(ProgramImage image) {
        return image.functions().stream().map(f -> f.name() + "@" + f.slot()).toList();
    }

    private static int imm(ProgramImage image, int slot) {
        return image.instructions().at(slot).imm();
    }

    @Test
    void calleesFollowDepthFirstEachOnce() {
        ProgramImage image = build(
                function("main", List.of(CALL, CALL, EXIT), new Reference.Call(0, 1), new Reference.Call(1, 2)),
                function("a", List.of(CALL, EXIT), new Reference.Call(0, 3)),
                function("b", List.of(CALL, EXIT), new Reference.Call(0, 3)),
                function("shared", List.of(EXIT)),
                function("unused", List.of(EXIT)));
        assertThat(names(image)).containsExactly("main@0", "a@3", "shared@5", "b@6");
        assertThat(imm(image, 0)).isEqualTo(2);
        assertThat(imm(image, 1)).isEqualTo(4);
        assertThat(imm(image, 3)).isEqualTo(1);
        assertThat(imm(image, 6)).isEqualTo(-2);
        assertThat(image.references()).isEmpty();
    }

    @Test
    void addressesOfFunctionsAreDistances() {
        ProgramImage image = build(
                function("main", List.of(LOAD, EXIT), new Reference.FunctionAddress(0, 1)),
                function("callback", List.of(LOAD, EXIT), new Reference.FunctionAddress(0, 0)));
        assertThat(image.instructions().at(0)).isEqualTo(Instruction.lddw(3, Opcode.BPF_PSEUDO_FUNC, 2));
        assertThat(image.instructions().at(3)).isEqualTo(Instruction.lddw(3, Opcode.BPF_PSEUDO_FUNC, 0xffff_fffcL));
    }

    @Test
    void recursionEndsAtTheFunctionItself() {
        ProgramImage image = build(
                function("main", List.of(CALL, EXIT), new Reference.Call(0, 1)),
                function("loops", List.of(CALL, EXIT), new Reference.Call(0, 1)));
        assertThat(names(image)).containsExactly("main@0", "loops@2");
        assertThat(imm(image, 2)).isEqualTo(-1);
    }

    @Test
    void aChainOfCallsMayBeLong() {
        int length = 50_000;
        FunctionSpec[] chain = new FunctionSpec[length];
        for (int i = 0; i < length - 1; i++) {
            chain[i] = function("f" + i, List.of(CALL, EXIT), new Reference.Call(0, i + 1));
        }
        chain[length - 1] = function("last", List.of(EXIT));
        assertThat(build(chain).functions()).hasSize(length);
    }

    @Test
    void whatTheHostFillsInIsMarked() {
        ProgramImage image = build(function(
                "main",
                List.of(LOAD, LOAD, LOAD, LOAD, LOAD, LOAD, CALL, EXIT),
                new Reference.Map(0, "m"),
                new Reference.MapValue(2, ".bss", 40),
                new Reference.ArenaVariable(4, "arena", 16),
                new Reference.ExternVariable(6, 0),
                new Reference.ExternVariable(8, 1),
                new Reference.ExternVariable(10, 2),
                new Reference.KernelFunctionCall(12, 3)));
        assertThat(image.instructions().asList())
                .containsExactly(
                        Instruction.lddw(3, Opcode.BPF_PSEUDO_MAP_FD, 0),
                        Instruction.lddw(3, Opcode.BPF_PSEUDO_MAP_VALUE, 40L << 32),
                        Instruction.lddw(3, Opcode.BPF_PSEUDO_MAP_VALUE, 16L << 32),
                        Instruction.lddw(3, Opcode.BPF_PSEUDO_MAP_VALUE, 24L << 32),
                        Instruction.lddw(3, Opcode.BPF_PSEUDO_BTF_ID, 0),
                        LOAD,
                        Instruction.of(Opcode.CALL, 0, Opcode.BPF_PSEUDO_KFUNC_CALL, 0, 0),
                        EXIT);
        assertThat(image.references()).hasSize(7);
    }

    @Test
    void referencesAndLinesMoveWithTheirFunction() {
        FunctionSpec callee = new FunctionSpec(
                "callee",
                ".text",
                0,
                Linkage.STATIC,
                0,
                Instructions.of(EXIT, LOAD, EXIT),
                List.of(new Reference.Map(1, "m")),
                List.of(new FunctionSpec.Line(0, "a.c", 3, 1, "x"), new FunctionSpec.Line(3, "a.c", 4, 1, "y")),
                List.of());
        ProgramImage image = build(function("main", List.of(CALL, EXIT), new Reference.Call(0, 1)), callee);
        assertThat(image.references()).containsExactly(new Reference.Map(3, "m"));
        assertThat(image.lines()).extracting(FunctionSpec.Line::slot).containsExactly(2, 5);
    }

    @Test
    void instructionsComeFromTheRelocator() {
        BpfObject object = object(function("main", List.of(CALL, EXIT)));
        ProgramSpec program = object.programs().getFirst();
        ProgramImage image = ProgramImageBuilder.build(object, program, f -> Instructions.of(EXIT, EXIT));
        assertThat(image.instructions()).isEqualTo(Instructions.of(EXIT, EXIT));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProgramImageBuilder.build(object, program, f -> Instructions.of(EXIT)));
    }

    @Test
    void theExceptionCallbackComesLast() {
        BpfObject object = CompiledObjects.object("functions");
        ProgramImage image =
                ProgramImageBuilder.build(object, object.program("throws").orElseThrow());
        assertThat(image.functions())
                .extracting(ProgramImage.FunctionStart::name)
                .containsExactly("throws", "on_throw");
    }

    @Test
    void aJumpOutOfItsFunctionIsRefused() {
        List<Instruction> code = new ArrayList<>(List.of(Instruction.of(Opcode.JA, 0, 0, 2, 0), EXIT));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> build(function("main", code)))
                .withMessageContaining("section .text, function main, instruction 0: a jump goes to slot 3");
    }

    @Test
    void aLongJumpIsCheckedByItsImmediate() {
        List<Instruction> inside = List.of(Instruction.of(Opcode.GOTOL, 0, 0, 0, 0), EXIT);
        assertThat(build(function("main", inside)).instructions().size()).isEqualTo(2);
        List<Instruction> outside = List.of(Instruction.of(Opcode.GOTOL, 0, 0, 0, -2), EXIT);
        assertThatExceptionOfType(InputException.class).isThrownBy(() -> build(function("main", outside)));
    }

    @Test
    void aJumpIntoTheMiddleOfALoadIsRefused() {
        List<Instruction> code = List.of(Instruction.of(Opcode.JA, 0, 0, 1, 0), LOAD, EXIT);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> build(function("main", code)))
                .withMessageContaining("slot 2, where no instruction of the function starts");
    }

    @Test
    void onlyCallsAndLoadsCanRefer() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> build(function("main", List.of(EXIT), new Reference.Map(0, "m"))))
                .withMessageContaining("opcode 0x95 cannot refer to anything; only call and lddw can");
    }
}
