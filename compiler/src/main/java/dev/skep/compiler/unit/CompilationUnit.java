package dev.skep.compiler.unit;

import dev.skep.compiler.ir.Function;
import java.util.List;
import java.util.Map;

/**
 * What a front end hands over to become one object.
 *
 * @param name the object's
 * @param functions programs and what they call
 * @param structOps structures of the kernel that functions implement
 * @param license {@code ""} if none is given
 * @param sources the lines of source files by name, as far as they are known: they become the text of line information
 */
public record CompilationUnit(
        String name,
        List<Function> functions,
        List<MapDeclaration> maps,
        List<GlobalSection> globals,
        List<KernelFunction> kernelFunctions,
        List<StructOpsDeclaration> structOps,
        String license,
        Map<String, List<String>> sources) {
    public CompilationUnit {
        functions = List.copyOf(functions);
        maps = List.copyOf(maps);
        globals = List.copyOf(globals);
        kernelFunctions = List.copyOf(kernelFunctions);
        structOps = List.copyOf(structOps);
        sources = Map.copyOf(sources);
    }

    /** The same with the lines of its source files, by name. */
    public CompilationUnit withSources(Map<String, List<String>> lines) {
        return new CompilationUnit(name, functions, maps, globals, kernelFunctions, structOps, license, lines);
    }
}
