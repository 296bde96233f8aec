package dev.skep.compiler.java;

import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How much bytecode methods are together with all that is compiled in the place of their calls. */
final class InlinedSizes {
    /** A method that is so large, and called several times, is better a function: about a thousand instructions of BPF. */
    private static final int LARGE = 2_000;

    /** Bytes that a call of a function takes. */
    private static final int CALL = 16;

    private final Map<String, Integer> sizes = new HashMap<>();

    /** True if a method is large with all that it calls, apart from what is large itself. */
    boolean isLarge(ClassPool classes, ClassPool.Method method) {
        return size(classes, method) >= LARGE;
    }

    private int size(ClassPool classes, ClassPool.Method method) {
        String key = method.key();
        Integer known = sizes.get(key);
        if (known == null) {
            sizes.put(key, 0); // in case that it calls itself, which is refused elsewhere
            known = method.model()
                    .code()
                    .map(code -> length(method.model()) + called(classes, code))
                    .orElse(0);
            sizes.put(key, known);
        }
        return known;
    }

    private int called(ClassPool classes, CodeModel code) {
        return code.elementStream()
                .filter(InvokeInstruction.class::isInstance)
                .map(InvokeInstruction.class::cast)
                .flatMap(call -> callee(classes, call).stream())
                .mapToInt(callee -> size(classes, callee))
                .map(size -> size >= LARGE ? CALL : size)
                .sum();
    }

    private static Optional<ClassPool.Method> callee(ClassPool classes, InvokeInstruction call) {
        return classes.method(
                call.owner().asInternalName(),
                call.name().stringValue(),
                call.type().stringValue());
    }

    /** The bytes of a method's own code. */
    static int length(MethodModel method) {
        return method.code()
                .filter(CodeAttribute.class::isInstance)
                .map(code -> ((CodeAttribute) code).codeLength())
                .orElse(0);
    }
}
