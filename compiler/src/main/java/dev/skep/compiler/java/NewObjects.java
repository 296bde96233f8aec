package dev.skep.compiler.java;

import dev.skep.compiler.ir.Value;

/** Makes objects: structs are places on the stack, others are variables. */
final class NewObjects {
    private final UnitContext unit;
    private final Emitter emitter;

    NewObjects(UnitContext unit, Emitter emitter) {
        this.unit = unit;
        this.emitter = emitter;
    }

    /**
     * What {@code new} makes, before its constructor runs: zeros.
     *
     * @param className internal name
     * @throws Refusal if it would need a heap
     */
    Operand make(String className) {
        if (className.equals("java/lang/AssertionError") || className.equals("java/lang/MatchException")) {
            return new Operand.Failure();
        }
        if (className.endsWith("Exception")) {
            throw new Refusal(
                    "new " + ClassPool.simpleName(className) + "()",
                    "there are no exceptions in BPF",
                    "return a number that says what happened");
        }
        if (LocalObjects.canBe(unit, className)) {
            return new Operand.Local(LocalObject.make(unit, emitter, className));
        }
        if (!unit.layouts().isStruct(className) || unit.layouts().isContext(className)) {
            throw heap("new " + ClassPool.simpleName(className) + "()");
        }
        int size = unit.layouts().of(className).type().size();
        if (size == 0) {
            throw new Refusal(
                    "new " + ClassPool.simpleName(className) + "()", "the struct has no fields", "give it one");
        }
        Value address = emitter.slot(ClassPool.simpleName(className), size);
        emitter.clear(address, size);
        return new Operand.Reference(address, className);
    }

    static Refusal heap(String what) {
        return new Refusal(what, "there is no heap in BPF", "use a struct, which lies on the stack, or a map");
    }
}
