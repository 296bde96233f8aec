package dev.skep.trace.print;

import dev.skep.trace.plan.Action;
import dev.skep.trace.source.Span;
import java.util.List;
import java.util.Map;

/** Where a script's results go, as text or as JSON. What is written may wait for {@link #flush} or {@link #close}. For one thread at a time. */
public interface Output extends AutoCloseable {
    /** The text of a {@code printf}, in a buffer that is filled and handed over. */
    TextBuffer beginText();

    /** Ends what {@link #beginText} began. */
    void endText(Kind kind);

    /** What a text is the result of: the word in JSON. */
    enum Kind {
        PRINTF("printf"),
        TIME("time"),
        CAT("cat"),
        JOIN("join"),
        SYSCALL("syscall");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** Text of any kind. */
    default void text(Kind kind, String text) {
        beginText().append(text);
        endText(kind);
    }

    /** {@code print(value)}. */
    void value(Value value);

    /** {@code print(@map)}. */
    void map(MapContent content);

    /** How many probes are attached. @return whether that is told: as text it is a message, not a result */
    default boolean attached(int probes) {
        return false;
    }

    /** How many events found no room. @return whether that is told, as with {@link #attached} */
    default boolean lost(long events) {
        return false;
    }

    /** What the benchmarks took. @param nanoseconds for each run, by name @param runs of each */
    void benchmarks(Map<String, Long> nanoseconds, int runs);

    /** So many tests follow. */
    default void beginTests(int count) {}

    /** A test begins, whose own output follows. */
    default void beginTest(String name) {}

    /** It has ended. */
    void endTest(String name, long nanoseconds, boolean passed);

    /** All have. @param failed the names of those that have not passed */
    default void endTests(int count, List<String> failed) {}

    /**
     * A helper of the kernel failed at a place of the script.
     *
     * @param code negative; 0 if there is nothing where it looked
     * @param times how often since it was told last
     * @return whether that is told: as text it is a warning, which is not a result
     */
    default boolean helperFailed(Span place, String helper, int code, long times) {
        return false;
    }

    /**
     * Something was told of a place of the script.
     *
     * @return whether that is a result: as text it is a message
     */
    default boolean complained(Span place, Action.Complaint kind, String message) {
        return false;
    }

    /** What goes between the script's own output and its maps at the end. */
    void beforeMaps();

    /** Nothing more is waiting to be printed just now. */
    void flush();

    /** Writes what is left; where it goes stays open. */
    @Override
    void close();

    /** When what is written leaves the process. */
    enum Buffering {
        /** As soon as possible. */
        NONE,
        /** When nothing more is waiting to be printed. */
        LINE,
        /** When there is much. */
        FULL
    }
}
