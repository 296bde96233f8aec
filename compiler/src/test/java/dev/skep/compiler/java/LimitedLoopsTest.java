package dev.skep.compiler.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.skep.compiler.Compiler;
import dev.skep.compiler.code.Target;
import dev.skep.compiler.java.samples.Limited;
import dev.skep.compiler.unit.CompilationUnit;
import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineOptions;
import dev.skep.engine.EngineOptions.Backend;
import dev.skep.lang.Loop;
import dev.skep.object.BpfObject;
import dev.skep.object.KernelVersion;
import dev.skep.object.host.LoadedObject;
import dev.skep.object.host.Program;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Verifier;
import dev.skep.verifier.kernel.KernelModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Loops with {@code Loop.mayContinue()}. */
class LimitedLoopsTest {
    private static CompilationUnit read(Target target) {
        return JavaFrontEnd.read(ClassSource.of(Limited.class.getClassLoader()), Limited.class.getName(), target);
    }

    private static BpfObject compile(KernelVersion kernel) {
        Target target = Target.of(kernel);
        return Compiling.compile(read(target), target);
    }

    private static long run(BpfObject object, String program, int length, Backend backend) {
        try (EngineHost engine = EngineHost.open(EngineOptions.defaults().withBackend(backend));
                LoadedObject loaded = engine.load(object)) {
            return loaded.program(program)
                    .orElseThrow()
                    .run(Program.Input.packet(new byte[length]))
                    .returnValue();
        }
    }

    private static int steps(long start) {
        int steps = 0;
        for (long number = start; number != 1; steps++) {
            number = (number & 1) == 0 ? number >> 1 : 3 * number + 1;
        }
        return steps;
    }

    @ParameterizedTest
    @CsvSource({"6, 9", "6, 12", "6, 18"})
    void kernelsThatLimitLoopsTakeOneJumpForEach(int major, int minor) {
        KernelVersion kernel = new KernelVersion(major, minor);
        BpfObject object = compile(kernel);
        assertThat(Verifier.verify(object, KernelModel.of(kernel)).programs())
                .hasSize(2)
                .allMatch(ProgramVerdict.Accepted.class::isInstance);
        assertThat(object.programs())
                .allSatisfy(program -> assertThat(
                                object.entry(program).instructions().asList())
                        .filteredOn(instruction -> instruction.opcode() == Opcode.MAY_GOTO)
                        .extracting(Instruction::srcReg, Instruction::imm)
                        .containsExactly(tuple(0, 0)));
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aLoopEndsWhereItsConditionDoes(Backend backend) {
        BpfObject object = compile(new KernelVersion(6, 18));
        for (int length : new int[] {14, 27, 97, 871}) {
            assertThat(run(object, "steps", length, backend)).isEqualTo(steps(length));
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aLoopWithoutEndGoesOnForAsManyRoundsAsTheKernelLetsIt(Backend backend) {
        BpfObject object = compile(new KernelVersion(6, 18));
        assertThat(run(object, "endless", 14, backend)).isEqualTo(2 * Loop.MOST_ROUNDS);
    }

    @Test
    void olderKernelsAreToldWhatToUseInstead() {
        JavaSourceException refused = catchThrowableOfType(
                JavaSourceException.class, () -> Compiler.compile(read(Target.DEFAULT), Target.DEFAULT));
        assertThat(refused.findings())
                .extracting(Finding::toString)
                .containsExactly(
                        "Limited.java:15: Loop.mayContinue(): the kernel limits loops by itself (may_goto) since Linux"
                                + " 6.9, and the program is compiled for 5.15; use Loop.times or Loop.timesWhile, or"
                                + " compile for a newer kernel (--kernel)",
                        "Limited.java:25: Loop.mayContinue(): the kernel limits loops by itself (may_goto) since Linux"
                                + " 6.9, and the program is compiled for 5.15; use Loop.times or Loop.timesWhile, or"
                                + " compile for a newer kernel (--kernel)");
    }
}
