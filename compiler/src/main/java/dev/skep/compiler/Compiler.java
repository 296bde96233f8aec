package dev.skep.compiler;

import dev.skep.compiler.assembly.ObjectAssembler;
import dev.skep.compiler.code.CodeGenerationException;
import dev.skep.compiler.code.CodeGenerator;
import dev.skep.compiler.code.CompiledFunction;
import dev.skep.compiler.code.Target;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.pass.Optimizer;
import dev.skep.compiler.unit.CompilationUnit;
import dev.skep.object.BpfObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Compiles a unit, from whichever front end, to an object.
 *
 * <pre>{@code
 * BpfObject object = Compiler.compile(unit, Target.DEFAULT);
 * byte[] file = ObjectWriter.write(object);
 * }</pre>
 */
public final class Compiler {
    private Compiler() {}

    /**
     * Optimizes, generates code, and puts it together. Functions that no program needs are left out.
     *
     * @param unit its functions are changed on the way: compile it once
     * @throws dev.skep.object.InputException naming the place if a function calls itself
     * @throws CodeGenerationException naming the place if BPF cannot express a function; if there are several, the others are
     *     suppressed exceptions of the first
     * @throws IllegalArgumentException if the unit contradicts itself, which is the front end's mistake
     */
    public static BpfObject compile(CompilationUnit unit, Target target) {
        List<CompiledFunction> functions = new ArrayList<>();
        List<CodeGenerationException> refused = new ArrayList<>();
        for (Function function : Optimizer.optimize(unit.functions(), target)) {
            try {
                functions.add(CodeGenerator.generate(function, target));
            } catch (CodeGenerationException e) {
                refused.add(e);
            }
        }
        if (!refused.isEmpty()) {
            CodeGenerationException first = refused.removeFirst();
            refused.forEach(first::addSuppressed);
            throw first;
        }
        return ObjectAssembler.assemble(unit, functions);
    }
}
