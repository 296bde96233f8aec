package dev.skep.verifier.log;

import dev.skep.verifier.Cause;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table of the kernel's messages, each with the cause it means.
 *
 * <p>A line of the table is {@code cause | message}; in the message {@code #}, unless it follows a letter, stands for any number, {@code *} for any text,
 * and a name in braces for a number or word that is worth knowing. The first line that fits counts.
 */
public final class KernelMessages {
    private static final Map<String, Cause> CAUSES =
            Arrays.stream(Cause.values()).collect(Collectors.toMap(Cause::id, Function.identity()));
    private static final Pattern WILDCARD = Pattern.compile("(?<![A-Za-z])#(?!\\{)|\\*|\\{([a-z]+)}");
    private static final List<Entry> ENTRIES = Stream.of(
                    MemoryMessages.TABLE,
                    PointerMessages.TABLE,
                    CallMessages.TABLE,
                    ResourceMessages.TABLE,
                    CodeMessages.TABLE)
            .flatMap(String::lines)
            .map(KernelMessages::entry)
            .toList();

    private record Entry(Cause cause, Pattern pattern, List<String> names) {}

    /** For messages of kernels to come: a word that tells the subject. */
    private record Hint(Pattern word, Cause cause) {
        static Hint of(String word, Cause cause) {
            return new Hint(Pattern.compile(word), cause);
        }
    }

    private static final List<Hint> HINTS = List.of(
            Hint.of("packet", Cause.PACKET_BOUNDS),
            Hint.of("map value|value_size", Cause.MAP_VALUE_BOUNDS),
            Hint.of("stack size|frames", Cause.STACK_SIZE),
            Hint.of("stack", Cause.STACK_ACCESS),
            Hint.of("dynptr", Cause.DYNPTR),
            Hint.of("iter", Cause.ITERATOR),
            Hint.of("spin_lock|lock", Cause.LOCK),
            Hint.of("rcu|preempt|irq", Cause.CRITICAL_SECTION),
            Hint.of("sleep", Cause.SLEEPING),
            Hint.of("reference|release|acquire", Cause.REFERENCE),
            Hint.of("kptr|timer|wq|rb_root|list_head", Cause.SPECIAL_FIELD),
            Hint.of("callback", Cause.CALLBACK),
            Hint.of("tail_call", Cause.TAIL_CALL),
            Hint.of("kfunc|kernel func", Cause.KERNEL_FUNCTION_ARGUMENT),
            Hint.of("gpl", Cause.LICENSE),
            Hint.of("btf|type", Cause.TYPE_INFORMATION),
            Hint.of("loop", Cause.UNBOUNDED_LOOP),
            Hint.of("ctx|context", Cause.CONTEXT_ACCESS),
            Hint.of("jump|insn", Cause.CONTROL_FLOW),
            Hint.of("not allowed|not supported|cannot", Cause.POLICY));

    private KernelMessages() {}

    /** What {@code line} means, if it is a message of the table. */
    public static Optional<KernelMessage> find(String line) {
        String message = line.strip();
        for (Entry entry : ENTRIES) {
            Matcher matcher = entry.pattern().matcher(message);
            if (matcher.matches()) {
                Map<String, String> parts = new HashMap<>();
                for (int i = 0; i < entry.names().size(); i++) {
                    parts.put(entry.names().get(i), matcher.group(i + 1));
                }
                return Optional.of(new KernelMessage(message, entry.cause(), parts, true));
            }
        }
        return Optional.empty();
    }

    /** What {@code line} means; a guess from its words if the table does not have it. */
    public static KernelMessage interpret(String line) {
        return find(line).orElseGet(() -> guess(line.strip()));
    }

    private static KernelMessage guess(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        Cause cause = HINTS.stream()
                .filter(hint -> hint.word().matcher(lower).find())
                .findFirst()
                .map(Hint::cause)
                .orElse(Cause.INVALID_INSTRUCTION);
        return new KernelMessage(message, cause, Map.of(), false);
    }

    private static Entry entry(String line) {
        int bar = line.indexOf(" | ");
        Cause cause = CAUSES.get(line.substring(0, bar));
        if (cause == null) {
            throw new IllegalStateException("no such cause: " + line);
        }
        List<String> names = new ArrayList<>();
        return new Entry(cause, pattern(line.substring(bar + 3), names), List.copyOf(names));
    }

    private static Pattern pattern(String template, List<String> names) {
        StringBuilder regex = new StringBuilder();
        Matcher wildcard = WILDCARD.matcher(template);
        int start = 0;
        while (wildcard.find()) {
            regex.append(Pattern.quote(template.substring(start, wildcard.start())));
            start = wildcard.end();
            if (wildcard.group(1) == null) {
                regex.append(wildcard.group().equals("#") ? "-?(?:0x)?[0-9a-f]+" : ".*?");
            } else {
                names.add(wildcard.group(1));
                regex.append(wildcard.group(1).equals("callee") ? "(\\S+)" : "(-?[0-9a-f]+)");
            }
        }
        regex.append(Pattern.quote(template.substring(start)));
        return Pattern.compile(regex.toString());
    }
}
