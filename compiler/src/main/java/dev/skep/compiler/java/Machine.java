package dev.skep.compiler.java;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The JVM's local variables and operand stack at a place in a method. A {@code long} takes one entry of the stack. */
final class Machine {
    private final Emitter emitter;
    private final List<Optional<Operand>> locals;
    private final List<Operand> stack;

    private Machine(Emitter emitter, List<Optional<Operand>> locals, List<Operand> stack) {
        this.emitter = emitter;
        this.locals = locals;
        this.stack = stack;
    }

    /** With local variables that are not set. */
    static Machine empty(Emitter emitter, int maxLocals) {
        List<Optional<Operand>> locals = new ArrayList<>();
        for (int i = 0; i < maxLocals; i++) {
            locals.add(Optional.empty());
        }
        return new Machine(emitter, locals, new ArrayList<>());
    }

    Machine copy() {
        return new Machine(emitter, new ArrayList<>(locals), new ArrayList<>(stack));
    }

    /** Takes over the operand stack of another. */
    void restoreStack(Machine other) {
        stack.clear();
        stack.addAll(other.stack);
    }

    List<Operand> stack() {
        return stack;
    }

    int localCount() {
        return locals.size();
    }

    Optional<Operand> findLocal(int slot) {
        return locals.get(slot);
    }

    Operand local(int slot) {
        return locals.get(slot).orElseThrow(AlreadyRefused::new);
    }

    void setLocal(int slot, Operand operand) {
        locals.set(slot, Optional.of(operand));
    }

    void push(Operand operand) {
        stack.add(operand);
    }

    void push(Value number) {
        stack.add(new Operand.Number(number));
    }

    Operand pop() {
        return stack.removeLast();
    }

    /** The uppermost entries, the last pushed last. */
    List<Operand> pop(int count) {
        List<Operand> top = stack.subList(stack.size() - count, stack.size());
        List<Operand> popped = List.copyOf(top);
        top.clear();
        return popped;
    }

    Value popNumber() {
        return number(pop());
    }

    /** An operand as a number. @throws AlreadyRefused if it comes from what was refused */
    Value number(Operand operand) {
        return switch (operand) {
            case Operand.Number(Value value) -> value;
            case Operand.LongComparison(Value left, Value right) -> {
                Value greater = emitter.compare(Comparison.SIGNED_GREATER, left, right);
                Value less = emitter.compare(Comparison.SIGNED_LESS, left, right);
                yield emitter.binary(BinaryOperator.SUBTRACT, greater, less);
            }
            default -> throw new AlreadyRefused();
        };
    }

    /** Makes plain numbers of what is only kept as a comparison, before ways meet. */
    void settle() {
        stack.replaceAll(
                operand -> operand instanceof Operand.LongComparison ? new Operand.Number(number(operand)) : operand);
    }

    /** A truth value. */
    static Operand truth(boolean value) {
        return new Operand.Number(Constant.of(value ? 1 : 0));
    }
}
