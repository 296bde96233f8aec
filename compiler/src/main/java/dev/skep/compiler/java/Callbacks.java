package dev.skep.compiler.java;

import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.type.CType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The functions of a unit that the kernel's helpers call: made of lambda expressions and method references. */
final class Callbacks {
    private static final String PREFIX = "callback_";

    private final List<Function> functions = new ArrayList<>();

    /** All that were made. */
    List<Function> all() {
        return List.copyOf(functions);
    }

    /** A new one, without any block. @param method the name of the method that it is made of */
    Function add(String method, List<CType.Parameter> parameters, Position position) {
        String plain = PREFIX + method.replaceFirst("^lambda\\$", "").replace('$', '_');
        Function function = new Function(
                free(plain),
                Function.Linkage.CALLBACK,
                Optional.empty(),
                new CType.Prototype(FunctionSignature.number(Int.I32), parameters),
                Int.I32,
                position);
        functions.add(function);
        return function;
    }

    /** The same lambda expression is there more than once if its method is compiled in several places. */
    private String free(String name) {
        String free = name;
        for (int i = 1; isTaken(free); i++) {
            free = name + "_" + i;
        }
        return free;
    }

    private boolean isTaken(String name) {
        return functions.stream().anyMatch(function -> function.name().equals(name));
    }
}
