package dev.skep.verifier.log;

import dev.skep.verifier.Cause;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A line of the tables of messages: {@code cause | message}, with {@code +} before the cause for a line that the kernel adds to
 * another. In the message {@code #}, unless it follows a letter, stands for any number, {@code *} for any text, and a name in
 * braces for a number or word that is worth knowing. {@code R{register}} and {@code arg#{index}} stand for whatever the kernel
 * calls the value by: {@code R1}, {@code arg#0}, since 7.3 also {@code *(R11-8)} for an argument on the stack.
 *
 * @param text the message, with its placeholders
 * @param pattern finds it, also in the middle of other text
 * @param names of the pattern's groups
 * @param literals how many of its characters are fixed
 */
record MessageTemplate(
        Cause cause, boolean supplement, String text, Pattern pattern, List<String> names, int literals) {
    private static final Map<String, Cause> CAUSES =
            Arrays.stream(Cause.values()).collect(Collectors.toMap(Cause::id, Function.identity()));
    private static final Pattern PLACEHOLDER =
            Pattern.compile("R\\{register}|arg#\\{index}|(?<![A-Za-z])#(?!\\{)|\\*|\\{([a-z]+)}");
    private static final String NUMBER = "-?(?:0x)?[0-9a-f]+";
    private static final String VALUE = "(?:R(\\d+)|arg#(\\d+)|\\*\\(R11-\\d+\\))";
    private static final String SEPARATOR = " | ";

    /**
     * Reads a line of a table.
     *
     * @throws IllegalStateException if there is no such cause
     */
    static MessageTemplate read(String line) {
        boolean supplement = line.startsWith("+");
        String rest = supplement ? line.substring(1) : line;
        int bar = rest.indexOf(SEPARATOR);
        Cause cause = CAUSES.get(rest.substring(0, bar));
        if (cause == null) {
            throw new IllegalStateException("no such cause: " + line);
        }
        return compile(cause, supplement, rest.substring(bar + SEPARATOR.length()));
    }

    private static MessageTemplate compile(Cause cause, boolean supplement, String text) {
        List<String> names = new ArrayList<>();
        StringBuilder regex = new StringBuilder();
        Matcher placeholder = PLACEHOLDER.matcher(text);
        int start = 0;
        int literals = 0;
        while (placeholder.find()) {
            regex.append(Pattern.quote(text.substring(start, placeholder.start())));
            literals += placeholder.start() - start;
            start = placeholder.end();
            regex.append(
                    switch (placeholder.group()) {
                        case "R{register}", "arg#{index}" -> {
                            names.addAll(List.of("register", "index"));
                            yield VALUE;
                        }
                        case "#" -> NUMBER;
                        case "*" -> ".*?";
                        default -> {
                            names.add(placeholder.group(1));
                            yield placeholder.group(1).equals("callee") ? "(\\S+)" : "(-?[0-9a-f]+)";
                        }
                    });
        }
        literals += text.length() - start;
        regex.append(Pattern.quote(text.substring(start)));
        return new MessageTemplate(
                cause, supplement, text, Pattern.compile(regex.toString()), List.copyOf(names), literals);
    }

    /** The message without its placeholders. */
    String words() {
        return PLACEHOLDER.matcher(text).replaceAll(" ");
    }

    /** The message, if all of {@code line} is one. */
    Optional<KernelMessage> match(String line) {
        Matcher matcher = pattern.matcher(line);
        return matcher.matches() ? Optional.of(message(matcher)) : Optional.empty();
    }

    /** The message, if {@code line} has it somewhere, between other words. */
    Optional<KernelMessage> search(String line) {
        Matcher matcher = pattern.matcher(line);
        while (matcher.find()) {
            if (matcher.start() == 0 || !Character.isLetterOrDigit(line.charAt(matcher.start() - 1))) {
                return Optional.of(message(matcher));
            }
        }
        return Optional.empty();
    }

    private KernelMessage message(Matcher matcher) {
        Map<String, String> parts = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String part = matcher.group(i + 1);
            if (part != null) {
                parts.put(names.get(i), part);
            }
        }
        return new KernelMessage(matcher.group(), cause, parts, true, supplement);
    }
}
