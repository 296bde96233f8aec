package dev.skep.compiler.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.compiler.assembly.ObjectAssembler;
import dev.skep.compiler.code.CodeGenerator;
import dev.skep.compiler.code.Target;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.IntegrityChecker;
import dev.skep.compiler.pass.Optimizer;
import dev.skep.compiler.unit.CompilationUnit;
import dev.skep.object.BpfObject;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Verifier;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.report.TerminalReport;
import java.util.List;

/** From a class to an object that the verifier accepts. */
final class Compiling {
    private Compiling() {}

    static CompilationUnit read(Class<?> type) {
        return JavaFrontEnd.read(ClassSource.of(type.getClassLoader()), type.getName());
    }

    static BpfObject compile(Class<?> type) {
        return compile(read(type), Target.DEFAULT);
    }

    /** Compiles, and has everything in between checked. */
    static BpfObject compile(CompilationUnit unit, Target target) {
        unit.functions().forEach(IntegrityChecker::require);
        List<Function> optimized = Optimizer.optimize(unit.functions(), target);
        optimized.forEach(IntegrityChecker::require);
        BpfObject object = ObjectAssembler.assemble(
                unit,
                optimized.stream()
                        .map(function -> CodeGenerator.generate(function, target))
                        .toList());
        for (ProgramVerdict verdict : Verifier.verify(object, KernelModel.newest()).programs()) {
            assertThat(verdict)
                    .as(() -> new TerminalReport(false, true).of(verdict))
                    .isInstanceOf(ProgramVerdict.Accepted.class);
        }
        return object;
    }
}
