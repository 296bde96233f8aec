package dev.skep.compiler;

import dev.skep.compiler.assembly.ObjectAssembler;
import dev.skep.compiler.code.CodeGenerator;
import dev.skep.compiler.code.CompiledFunction;
import dev.skep.compiler.code.Target;
import dev.skep.compiler.pass.Optimizer;
import dev.skep.compiler.unit.CompilationUnit;
import dev.skep.object.BpfObject;
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
     * @throws dev.skep.compiler.code.CodeGenerationException naming the place if BPF cannot express a function
     * @throws IllegalArgumentException if the unit contradicts itself, which is the front end's mistake
     */
    public static BpfObject compile(CompilationUnit unit, Target target) {
        List<CompiledFunction> functions = Optimizer.optimize(unit.functions(), target).stream()
                .map(function -> CodeGenerator.generate(function, target))
                .toList();
        return ObjectAssembler.assemble(unit, functions);
    }
}
