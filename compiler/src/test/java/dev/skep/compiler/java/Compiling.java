package dev.skep.compiler.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.compiler.Compiler;
import dev.skep.compiler.code.Target;
import dev.skep.compiler.ir.IntegrityChecker;
import dev.skep.compiler.unit.CompilationUnit;
import dev.skep.object.BpfObject;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Verifier;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.report.TerminalReport;

/** From a class to an object that the verifier accepts. */
final class Compiling {
    private Compiling() {}

    static CompilationUnit read(Class<?> type) {
        return JavaFrontEnd.read(ClassSource.of(type.getClassLoader()), type.getName());
    }

    static BpfObject compile(Class<?> type) {
        return compile(read(type), Target.DEFAULT);
    }

    /** For programs that need the kernel's types. */
    static BpfObject compile(Class<?> type, KernelModel kernel) {
        return compile(read(type), Target.DEFAULT, kernel);
    }

    /** Compiles, and has everything in between checked. */
    static BpfObject compile(CompilationUnit unit, Target target) {
        return compile(unit, target, KernelModel.newest());
    }

    private static BpfObject compile(CompilationUnit unit, Target target, KernelModel kernel) {
        unit.functions().forEach(IntegrityChecker::require);
        BpfObject object = Compiler.compile(unit, target);
        unit.functions().forEach(IntegrityChecker::require);
        for (ProgramVerdict verdict : Verifier.verify(object, kernel).programs()) {
            assertThat(verdict)
                    .as(() -> new TerminalReport(false, true).of(verdict))
                    .isInstanceOf(ProgramVerdict.Accepted.class);
        }
        return object;
    }
}
