package dev.skep.object.instruction;

import dev.skep.object.instruction.InstructionForm.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which instructions exist: RFC 9669 whole, and what the Linux kernel (up to 6.18) and clang added since.
 *
 * <p>Only what one instruction alone can show is judged: that its opcode exists, its registers are r0 to r10, its reserved
 * fields are zero. Whether a jump lands inside the program, a shift is too far or r10 is written is the verifier's business.
 * Reserved fields are checked as RFC 9669, section 3 demands; the kernel does the same except that it ignores the offset of
 * {@code exit} and the upper half of a function's {@code lddw}.
 */
public final class InstructionSet {
    private static final List<InstructionForm> FORMS = Stream.of(
                    ArithmeticForms.all(), JumpForms.all(), MemoryForms.all())
            .flatMap(List::stream)
            .toList();

    private static final List<List<InstructionForm>> BY_OPCODE = byOpcode();

    private InstructionSet() {}

    /** Every form there is, those of one opcode in the order of the values that tell them apart. */
    public static List<InstructionForm> forms() {
        return FORMS;
    }

    /** The form {@code instruction} is a well-formed instance of; empty if there is none, that is if it is invalid. */
    public static Optional<InstructionForm> form(Instruction instruction) {
        for (InstructionForm form : BY_OPCODE.get(instruction.opcode())) {
            if (form.matches(instruction)) {
                return Optional.of(form);
            }
        }
        return Optional.empty();
    }

    /** True if {@code instruction} exists: {@link #check} has nothing to say. */
    public static boolean isValid(Instruction instruction) {
        return form(instruction).isPresent();
    }

    /**
     * What is wrong with {@code instruction}, in half a line without full stop; empty if it is valid. For example
     * {@code "imm is reserved in {ADD, X, ALU64} and must be 0, but is 5"}.
     */
    public static Optional<String> check(Instruction instruction) {
        List<InstructionForm> candidates = BY_OPCODE.get(instruction.opcode());
        if (candidates.isEmpty()) {
            return Optional.of("unknown opcode 0x%02x".formatted(instruction.opcode()));
        }
        for (Field field : Field.values()) {
            List<InstructionForm> remaining = candidates.stream()
                    .filter(form -> form.rule(field).allows(field.of(instruction)))
                    .toList();
            if (remaining.isEmpty()) {
                return Optional.of(problem(field, field.of(instruction), candidates));
            }
            candidates = remaining;
        }
        return Optional.empty();
    }

    /** None of {@code candidates}, which agree in all earlier fields, allows {@code value} in {@code field}. */
    private static String problem(Field field, int value, List<InstructionForm> candidates) {
        String name = candidates.getFirst().name();
        return switch (candidates.getFirst().rule(field)) {
            case FieldRule.Register() -> "%s names r%d, but a program has r0 to r10".formatted(field.rfcName(), value);
            case FieldRule.Reserved() ->
                "%s is reserved in %s and must be 0, but is %d".formatted(field.rfcName(), name, value);
            case FieldRule.Selects selects ->
                "opcode 0x%02x does not exist with %s = %d; known are %s"
                        .formatted(candidates.getFirst().opcode(), field.rfcName(), value, known(field, candidates));
            case FieldRule.Any any -> throw new IllegalStateException(any + " allows everything");
        };
    }

    private static String known(Field field, List<InstructionForm> candidates) {
        return candidates.stream()
                .map(form -> form.rule(field))
                .map(rule -> rule instanceof FieldRule.Selects(int value, String meaning)
                        ? value + " (" + meaning + ")"
                        : "0")
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static List<List<InstructionForm>> byOpcode() {
        List<List<InstructionForm>> table = new ArrayList<>();
        for (int opcode = 0; opcode < 256; opcode++) {
            int wanted = opcode;
            table.add(FORMS.stream().filter(form -> form.opcode() == wanted).toList());
        }
        return List.copyOf(table);
    }
}
