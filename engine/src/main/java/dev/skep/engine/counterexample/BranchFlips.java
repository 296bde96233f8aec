package dev.skep.engine.counterexample;

import dev.skep.object.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Changes of an input that may make a jump go the other way. */
final class BranchFlips {
    /** How far pointers into a packet may lie from its start. */
    private static final long PACKET_REACH = 1 << 16;

    private final CodeConstants constants;

    BranchFlips(CodeConstants constants) {
        this.constants = constants;
    }

    /** Changed inputs, the most promising first. @param index of the jump among the trial's */
    List<RunInput> of(Trial trial, int index) {
        Observation.Branch branch = trial.seen().branches().get(index);
        List<RunInput> inputs = new ArrayList<>();
        lengths(trial, branch, inputs);
        Map<InputField, Long> fields = fieldsReadBefore(trial, index);
        boolean bits = constants.testsBits(branch.slot());
        Set<Long> left = Numbers.turning(branch.left(), branch.right(), bits);
        Set<Long> right = Numbers.turning(branch.right(), branch.left(), bits);
        List<RunInput> unlikely = new ArrayList<>();
        fields.forEach((field, value) -> {
            direct(trial, field, value, branch.left(), left, inputs, unlikely);
            direct(trial, field, value, branch.right(), right, inputs, unlikely);
        });
        entries(trial, index, inputs);
        inputs.addAll(unlikely);
        fields.forEach((field, value) -> {
            indirect(trial, field, value, branch.left(), left, inputs);
            indirect(trial, field, value, branch.right(), right, inputs);
        });
        return inputs;
    }

    /** A comparison of pointers into the packet goes the other way in a packet of another length. */
    private static void lengths(Trial trial, Observation.Branch branch, List<RunInput> inputs) {
        long frame = trial.seen().frame();
        for (long operand : new long[] {branch.left(), branch.right()}) {
            long distance = operand - frame;
            if (frame != 0 && distance >= 0 && distance < PACKET_REACH) {
                for (long length = distance - 1; length <= distance + 1; length++) {
                    inputs.add(trial.input().with(new InputField.PacketLength(), length));
                }
            }
        }
    }

    /** What was read last comes first. */
    private static Map<InputField, Long> fieldsReadBefore(Trial trial, int index) {
        Map<InputField, Long> fields = new LinkedHashMap<>();
        for (Observation.Read read : trial.seen().reads().reversed()) {
            if (read.branch() <= index) {
                fields.putIfAbsent(read.field(), read.value());
            }
        }
        return fields;
    }

    private static void direct(
            Trial trial,
            InputField field,
            long value,
            long operand,
            Set<Long> wanted,
            List<RunInput> likely,
            List<RunInput> unlikely) {
        List<RunInput> to = Numbers.mayBe(operand, value, field.size()) ? likely : unlikely;
        for (long number : wanted) {
            Numbers.inBothOrders(number, field.size())
                    .forEach(stored -> to.add(trial.input().with(field, stored)));
        }
    }

    private static void indirect(
            Trial trial, InputField field, long value, long operand, Set<Long> wanted, List<RunInput> inputs) {
        for (long number : wanted) {
            Numbers.moving(value, field.size(), operand, number)
                    .forEach(stored -> inputs.add(trial.input().with(field, stored)));
        }
    }

    /** What a look-up did not find may be there, what it found may be missing. */
    private static void entries(Trial trial, int index, List<RunInput> inputs) {
        for (Observation.LookUp lookUp : trial.seen().lookUps().reversed()) {
            if (lookUp.branch() <= index) {
                inputs.add(
                        lookUp.found()
                                ? trial.input().withoutEntry(lookUp.key())
                                : trial.input().withEntry(lookUp.key(), Bytes.zeros(lookUp.valueSize())));
            }
        }
    }
}
