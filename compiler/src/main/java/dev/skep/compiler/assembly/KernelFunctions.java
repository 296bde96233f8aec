package dev.skep.compiler.assembly;

import dev.skep.compiler.code.CompiledFunction;
import dev.skep.compiler.code.Symbol;
import dev.skep.compiler.unit.KernelFunction;
import dev.skep.object.btf.BtfType;
import dev.skep.object.program.ExternSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The kernel functions that are called or asked for: the object's externs, in libbpf's order, which is by name. */
final class KernelFunctions {
    private final List<ExternSpec> externs = new ArrayList<>();
    private final Map<String, Integer> indexes = new HashMap<>();

    /** @throws IllegalArgumentException if one is used that is not declared */
    KernelFunctions(List<KernelFunction> declared, List<CompiledFunction> functions, TypeTable types) {
        for (String name : used(functions)) {
            KernelFunction function = declared.stream()
                    .filter(f -> f.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "the kernel function '" + name + "' is used, but not declared"));
            int type = types.function(name, BtfType.Linkage.EXTERN, function.prototype());
            indexes.put(name, externs.size());
            externs.add(new ExternSpec.KernelFunction(name, function.weak(), type));
        }
    }

    private static TreeSet<String> used(List<CompiledFunction> functions) {
        TreeSet<String> names = new TreeSet<>();
        for (CompiledFunction function : functions) {
            for (CompiledFunction.SymbolReference reference : function.references()) {
                if (reference.symbol() instanceof Symbol.KernelFunction called) {
                    names.add(called.name());
                } else if (reference.symbol() instanceof Symbol.KernelFunctionAddress asked) {
                    names.add(asked.name());
                }
            }
        }
        return names;
    }

    List<ExternSpec> externs() {
        return externs;
    }

    /** Of the extern with this name. */
    int index(String name) {
        return Optional.ofNullable(indexes.get(name)).orElseThrow();
    }
}
