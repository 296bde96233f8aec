package dev.skep.compiler.java;

import dev.skep.compiler.ir.Value;
import java.lang.classfile.TypeKind;

/** Arrays that are no part of a struct: places on the stack. */
final class LocalArrays {
    /** What all of a program's stack has. */
    private static final int STACK = 512;

    private final Emitter emitter;

    LocalArrays(Emitter emitter) {
        this.emitter = emitter;
    }

    /** A new array of numbers, all 0. @throws Refusal if it has no place there */
    Operand.Array make(TypeKind elements, long length) {
        ArithmeticTranslation.refuseFloating(elements);
        FieldType.Number element =
                FieldType.number(elements.upperBound(), false, false).orElseThrow();
        String what = "new " + elements.upperBound().displayName() + "[" + length + "]";
        if (length < 0) {
            throw new Refusal(what, "an array of " + length + " elements is none", "give it at least 1");
        }
        if (length * element.size() > STACK) {
            throw new Refusal(
                    what,
                    "it takes " + length * element.size() + " bytes, and a program's stack has " + STACK,
                    "make it shorter, or let it be part of a struct in a map or a static final struct");
        }
        int size = Math.max(1, (int) length * element.size());
        Value address = emitter.slot("array", size);
        emitter.clear(address, size);
        return new Operand.Array(address, element, (int) length);
    }
}
