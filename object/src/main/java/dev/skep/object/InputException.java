package dev.skep.object;

/**
 * The input cannot be used as it is: a corrupt ELF, forged BTF, an unknown opcode, a map too large, an unresolved symbol.
 *
 * <p>The message is one line: where, what is wrong, what to do. Command-line users get exit code 2 with it.
 */
public class InputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Location where;
    private final String problem;
    private final String advice;

    /**
     * @param where the place in the input
     * @param problem what was found there and why that is wrong, without a full stop
     * @param advice what the reader can do about it, without a full stop; "" if there is nothing sensible to say
     */
    public InputException(Location where, String problem, String advice) {
        super(visible(where + ": " + problem + (advice.isEmpty() ? "" : "; " + advice)));
        this.where = where;
        this.problem = problem;
        this.advice = advice;
    }

    /** Names come from the input and may hold anything: a message stays on its line and leaves the terminal alone. */
    private static String visible(String message) {
        if (message.chars().noneMatch(Character::isISOControl)) {
            return message;
        }
        StringBuilder text = new StringBuilder();
        message.chars().forEach(c -> {
            if (Character.isISOControl(c)) {
                text.append(String.format("\\x%02x", c));
            } else {
                text.append((char) c);
            }
        });
        return text.toString();
    }

    /** The place in the input. */
    public Location where() {
        return where;
    }

    /** What is wrong. */
    public String problem() {
        return problem;
    }

    /** What to do about it; "" if nothing sensible can be said. */
    public String advice() {
        return advice;
    }
}
