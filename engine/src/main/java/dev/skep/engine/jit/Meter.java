package dev.skep.engine.jit;

import dev.skep.engine.interpreter.LogicalCpu;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/**
 * The instruction budget of a method: a variable with what is left, charged where a jump goes back and where a call was made, so
 * that the JVM's own loop optimizations see a loop with one more way out. A method that cannot run long has none.
 */
final class Meter {
    private static final ClassDesc CPU = ClassDesc.of(LogicalCpu.class.getName());

    private static final ClassDesc MATH = ClassDesc.of(Math.class.getName());

    private record Exhausted(Label label, int slot) {}

    private final CodeBuilder code;
    private final boolean present;
    private final int left;
    private final List<Exhausted> exhausted = new ArrayList<>();

    /** @param left the variable @param present false for a method whose callers count for it */
    Meter(CodeBuilder code, boolean present, int left) {
        this.code = code;
        this.present = present;
        this.left = left;
    }

    /** Pushes what is left. */
    void push() {
        if (present) {
            code.lload(left);
        } else {
            code.aload(0).invokevirtual(CPU, "remaining", MethodTypeDesc.ofDescriptor("()J"));
        }
    }

    /** Reads what is left from the CPU. */
    void reload() {
        if (present) {
            code.aload(0)
                    .invokevirtual(CPU, "remaining", MethodTypeDesc.ofDescriptor("()J"))
                    .lstore(left);
        }
    }

    /** Tells the CPU what is left. */
    void save() {
        if (present) {
            code.aload(0).lload(left).invokevirtual(CPU, "remaining", MethodTypeDesc.ofDescriptor("(J)V"));
        }
    }

    /** Takes off what a call of a function has cost. */
    void charge(long cost) {
        if (present) {
            code.lload(left).loadConstant(cost).lsub().lstore(left);
        }
    }

    /** Takes off what going round once costs, and ends the run if nothing is left. */
    void chargeLoop(long cost, int slot) {
        code.lload(left).loadConstant(cost).lsub().lstore(left);
        endIfExhausted(slot);
    }

    private void endIfExhausted(int slot) {
        Label label = code.newLabel();
        exhausted.add(new Exhausted(label, slot));
        code.lload(left).lconst_0().lcmp().iflt(label);
    }

    /** Takes off what a loop that counts has cost, where it is left; else {@link #chargeLoop}. @param counter pushes its register */
    void chargeRounds(CountedLoops.Counted counted, Runnable counter, int slot) {
        code.lload(left);
        counter.run();
        if (counted.first().isPresent()) {
            code.loadConstant(counted.first().get()).isub();
        } else {
            // It may have been beyond the bound from the start, and then there was no round.
            code.loadConstant(Integer.MAX_VALUE).iand().loadConstant(counted.last());
            code.invokestatic(MATH, "min", MethodTypeDesc.ofDescriptor("(II)I"));
        }
        code.loadConstant(counted.step()).idiv().i2l();
        code.loadConstant(counted.length()).lmul().lsub().lstore(left);
        endIfExhausted(slot);
    }

    /** Writes what the checks go to. Comes at the end of the method. */
    void finish() {
        for (Exhausted end : exhausted) {
            code.labelBinding(end.label);
            code.aload(0).loadConstant(end.slot);
            code.invokevirtual(CPU, "exhausted", MethodTypeDesc.ofDescriptor("(I)Ljava/lang/RuntimeException;"));
            code.athrow();
        }
    }
}
