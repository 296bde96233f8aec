package dev.skep.verifier.log;

import dev.skep.verifier.Cause;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The table of the kernel's messages, each with the cause it means. Of its lines the first that fits counts. */
public final class KernelMessages {
    private static final List<MessageTemplate> TEMPLATES = Stream.of(
                    StackMessages.TABLE,
                    MemoryMessages.TABLE,
                    PointerMessages.TABLE,
                    CallMessages.TABLE,
                    PolicyMessages.TABLE,
                    ResourceMessages.TABLE,
                    CodeMessages.TABLE,
                    TypeMessages.TABLE,
                    DiagnosisMessages.TABLE)
            .flatMap(String::lines)
            .map(MessageTemplate::read)
            .toList();
    private static final MessageGuess GUESS = new MessageGuess(TEMPLATES);

    /** Shorter messages are not looked for inside other text: their words may be there by chance. */
    private static final int LONG_ENOUGH = 8;

    private KernelMessages() {}

    /** What {@code line} means, if it is a message of the table. */
    public static Optional<KernelMessage> find(String line) {
        String message = line.strip();
        return TEMPLATES.stream()
                .map(template -> template.match(message))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The message of the table that is somewhere in {@code text}; of several the one with the most words of its own. */
    static Optional<KernelMessage> search(String text) {
        return TEMPLATES.stream()
                .filter(template -> template.literals() >= LONG_ENOUGH
                        && !template.supplement()
                        && !template.text().startsWith("*"))
                .sorted(Comparator.comparingInt(MessageTemplate::literals).reversed())
                .map(template -> template.search(text))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** What {@code line} means; a guess from its words if the table does not have it. */
    public static KernelMessage interpret(String line) {
        return find(line).or(() -> guess(line)).orElseGet(() -> unknown(line, Cause.INVALID_INSTRUCTION));
    }

    /** A guess from the words of {@code line}; empty if they say nothing. */
    static Optional<KernelMessage> guess(String line) {
        return GUESS.of(line).map(cause -> unknown(line, cause));
    }

    private static KernelMessage unknown(String line, Cause cause) {
        return new KernelMessage(line.strip(), cause, Map.of(), false, false);
    }

    /** The table, for tests that look through all of it. */
    static List<MessageTemplate> templates() {
        return TEMPLATES;
    }
}
