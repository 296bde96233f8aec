package dev.skep.compiler.java;

import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.LabelTarget;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells, while a method's code is gone through, which code of a {@code finally} runs if an instruction throws. */
final class CoveringHandlers {
    private final List<ExceptionCatch> handlers;
    private final Set<ExceptionCatch> covering = new HashSet<>();

    CoveringHandlers(CodeModel code) {
        this.handlers = code.exceptionHandlers().stream()
                .filter(handler -> handler.catchType().isEmpty())
                .toList();
    }

    /** Goes on to the next element of the code. */
    void pass(CodeElement element) {
        if (element instanceof LabelTarget target) {
            for (ExceptionCatch handler : handlers) {
                if (handler.tryStart().equals(target.label())) {
                    covering.add(handler);
                }
                if (handler.tryEnd().equals(target.label())) {
                    covering.remove(handler);
                }
            }
        }
    }

    /** Where what is thrown here is handled: the first in the method's table counts. */
    Optional<Label> handler() {
        return handlers.stream()
                .filter(covering::contains)
                .map(ExceptionCatch::handler)
                .findFirst();
    }
}
