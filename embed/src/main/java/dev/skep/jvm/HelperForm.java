package dev.skep.jvm;

import dev.skep.object.program.HelperId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How a method of {@code dev.skep.lang} calls a helper function.
 *
 * @param receiver which argument the object is that the method is called on
 * @param sizes whether the size of a struct or array follows its address
 * @param socket whether it returns a socket
 */
record HelperForm(HelperId helper, int receiver, boolean sizes, boolean socket) {
    static final String SOCKET = " socket";
    static final String RECEIVER = "receiver=";
    static final String WITHOUT_SIZES = "bare";

    /** Those that were parsed: programs call the same few again and again. */
    private static final Map<String, HelperForm> PARSED = new ConcurrentHashMap<>();

    /** The form that a text says; the same text is parsed once. */
    static HelperForm of(String text) {
        return PARSED.computeIfAbsent(text, HelperForm::parse);
    }

    /** For example {@code KTIME_GET_NS}, {@code MSG_REDIRECT_HASH receiver=1 bare}. */
    private static HelperForm parse(String text) {
        List<String> words = List.of(text.split(" "));
        int receiver = words.stream()
                .filter(word -> word.startsWith(RECEIVER))
                .mapToInt(word -> Integer.parseInt(word.substring(RECEIVER.length())))
                .findFirst()
                .orElse(0);
        return new HelperForm(
                HelperId.valueOf(words.getFirst()),
                receiver,
                !words.contains(WITHOUT_SIZES),
                words.contains(SOCKET.strip()));
    }

    /** The arguments of a call, the object it is called on first, in the helper's order. */
    List<@Nullable Object> order(@Nullable Object[] arguments) {
        List<@Nullable Object> ordered = new ArrayList<>();
        for (Object argument : arguments) {
            ordered.add(argument);
        }
        if (receiver > 0) {
            ordered.add(receiver, ordered.removeFirst());
        }
        return ordered;
    }
}
