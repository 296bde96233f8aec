package dev.skep.compiler.java;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Value;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Conditional jumps and switches. */
final class BranchTranslation {
    /** What decides a branch. */
    record Condition(Comparison comparison, Value left, Value right) {
        /** Whether it holds, if that is known while compiling. */
        Optional<Boolean> known() {
            return left instanceof Constant one && right instanceof Constant two
                    ? Optional.of(comparison.test(one.value(), two.value()))
                    : Optional.empty();
        }

        static final Condition ALWAYS = new Condition(Comparison.EQUAL, Constant.of(0), Constant.of(0));
    }

    private BranchTranslation() {}

    /** Takes the operands of a conditional jump from the stack. */
    static Condition condition(BranchInstruction branch, Machine machine) {
        return switch (branch.opcode()) {
            case IFEQ -> withZero(Comparison.EQUAL, machine);
            case IFNE -> withZero(Comparison.NOT_EQUAL, machine);
            case IFLT -> withZero(Comparison.SIGNED_LESS, machine);
            case IFGE -> withZero(Comparison.SIGNED_GREATER_OR_EQUAL, machine);
            case IFGT -> withZero(Comparison.SIGNED_GREATER, machine);
            case IFLE -> withZero(Comparison.SIGNED_LESS_OR_EQUAL, machine);
            case IF_ICMPEQ -> ofTwo(Comparison.EQUAL, machine);
            case IF_ICMPNE -> ofTwo(Comparison.NOT_EQUAL, machine);
            case IF_ICMPLT -> ofTwo(Comparison.SIGNED_LESS, machine);
            case IF_ICMPGE -> ofTwo(Comparison.SIGNED_GREATER_OR_EQUAL, machine);
            case IF_ICMPGT -> ofTwo(Comparison.SIGNED_GREATER, machine);
            case IF_ICMPLE -> ofTwo(Comparison.SIGNED_LESS_OR_EQUAL, machine);
            case IFNULL -> withNull(Comparison.EQUAL, machine.pop());
            case IFNONNULL -> withNull(Comparison.NOT_EQUAL, machine.pop());
            case IF_ACMPEQ -> ofReferences(Comparison.EQUAL, machine);
            case IF_ACMPNE -> ofReferences(Comparison.NOT_EQUAL, machine);
            default -> throw new IllegalArgumentException(branch.opcode() + " has no condition");
        };
    }

    private static Condition ofReferences(Comparison comparison, Machine machine) {
        Operand right = machine.pop();
        Operand left = machine.pop();
        if (left instanceof Operand.Enumerated || right instanceof Operand.Enumerated) {
            return new Condition(comparison, EnumTranslation.ordinalOrNull(left), EnumTranslation.ordinalOrNull(right));
        }
        if (left instanceof Operand.Local(LocalObject one)
                && right instanceof Operand.Local(LocalObject two)
                && !one.isValue()) {
            return new Condition(comparison, Constant.of(one == two ? 1 : 0), Constant.of(1));
        }
        throw new Refusal(
                "a comparison of references with ==",
                "which object it is means nothing in BPF, except for null",
                "compare fields");
    }

    private static Condition withZero(Comparison comparison, Machine machine) {
        Operand operand = machine.pop();
        return operand instanceof Operand.LongComparison(Value left, Value right)
                ? new Condition(comparison, left, right)
                : new Condition(comparison, machine.number(operand), Constant.of(0));
    }

    private static Condition ofTwo(Comparison comparison, Machine machine) {
        Value right = machine.popNumber();
        return new Condition(comparison, machine.popNumber(), right);
    }

    private static Condition withNull(Comparison comparison, Operand operand) {
        return switch (operand) {
            case Operand.Reference reference -> withNull(comparison, reference.pointer());
            case Operand.BoxInMap(Value pointer, FieldType.Number type) -> withNull(comparison, pointer);
            case Operand.InnerMap(Value pointer, MapField template) -> withNull(comparison, pointer);
            case Operand.Null() -> new Condition(comparison, Constant.of(0), Constant.of(0));
            case Operand.Enumerated(Value ordinal, EnumType type) ->
                new Condition(comparison, ordinal, Constant.of(EnumType.NULL));
            case Operand.Unknown unknown -> throw new AlreadyRefused();
            default -> new Condition(comparison, Constant.of(1), Constant.of(0));
        };
    }

    private static Condition withNull(Comparison comparison, Value pointer) {
        return new Condition(comparison, pointer, Constant.nullPointer((Pointer) pointer.type()));
    }

    /** The cases of a switch over an enum, by ordinals. */
    static List<SwitchCase> byOrdinal(List<SwitchCase> cases, Map<Integer, Integer> numbers) {
        List<SwitchCase> result = new ArrayList<>();
        for (SwitchCase each : cases) {
            numbers.forEach((ordinal, number) -> {
                if (number == each.caseValue()) {
                    result.add(SwitchCase.of(ordinal, each.target()));
                }
            });
        }
        return result;
    }

    /** Where a switch over a number that is known goes. */
    static Label target(Constant number, List<SwitchCase> cases, Label otherwise) {
        return cases.stream()
                .filter(each -> each.caseValue() == number.value())
                .findFirst()
                .map(SwitchCase::target)
                .orElse(otherwise);
    }

    /** Ends the current block as a switch does. */
    static void end(
            Emitter emitter, Value value, List<SwitchCase> cases, Label otherwise, Function<Label, Block> blocks) {
        emitter.builder()
                .end(new Terminator.Switch(
                        value,
                        cases.stream()
                                .map(c -> new Terminator.Switch.Case(c.caseValue(), Edge.to(blocks.apply(c.target()))))
                                .toList(),
                        Edge.to(blocks.apply(otherwise)),
                        emitter.builder().position()));
    }
}
