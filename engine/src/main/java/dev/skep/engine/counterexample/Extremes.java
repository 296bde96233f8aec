package dev.skep.engine.counterexample;

import dev.skep.object.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Changes of an input that put numbers at the ends of their ranges, and leave the branches alone. */
final class Extremes {
    private final CodeConstants constants;

    Extremes(CodeConstants constants) {
        this.constants = constants;
    }

    /** Changed inputs: first whatever was read last, as far up and down as it goes. */
    List<RunInput> of(Trial trial) {
        Set<InputField> fields = new LinkedHashSet<>();
        trial.seen().reads().reversed().forEach(read -> fields.add(read.field()));
        List<RunInput> inputs = new ArrayList<>();
        trial.seen().lookUps().stream()
                .filter(lookUp -> !lookUp.found())
                .forEach(lookUp -> inputs.add(trial.input().withEntry(lookUp.key(), Bytes.zeros(lookUp.valueSize()))));
        for (InputField field : fields) {
            Numbers.extremes(field.size())
                    .forEach(number -> inputs.add(trial.input().with(field, number)));
        }
        lengths(trial, fields, inputs);
        constants.lengths().forEach(length -> inputs.add(trial.input().with(new InputField.PacketLength(), length)));
        for (InputField field : fields) {
            for (long constant : constants.numbers()) {
                for (long number = constant - 1; number <= constant + 1; number++) {
                    Numbers.inBothOrders(number, field.size())
                            .forEach(stored -> inputs.add(trial.input().with(field, stored)));
                }
            }
        }
        return inputs;
    }

    /** Packets that end before, in or right behind what was read from them. */
    private static void lengths(Trial trial, Set<InputField> fields, List<RunInput> inputs) {
        for (InputField field : fields) {
            if (field instanceof InputField.PacketBytes at) {
                for (int length = at.offset(); length <= at.offset() + at.size(); length++) {
                    inputs.add(trial.input().with(new InputField.PacketLength(), length));
                }
            }
        }
    }
}
