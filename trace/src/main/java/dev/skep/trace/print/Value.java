package dev.skep.trace.print;

import dev.skep.object.Bytes;
import dev.skep.trace.type.TraceType.StackMode;
import java.util.List;
import java.util.OptionalLong;

/** A value of a script, decoded: what can be shown as text or as JSON, and compared. */
public sealed interface Value {
    /** Appends it as {@code print} shows it. */
    default void appendText(TextBuffer out) {
        ValueText.append(this, out);
    }

    /** A number. */
    record Number(long value, boolean signed) implements Value {}

    /** {@code true} or {@code false}. */
    record Truth(boolean value) implements Value {}

    /** A text, or what is shown as one: a symbol, an address of the net, a time. */
    record Text(String text) implements Value {}

    /** The bytes of {@code buf()}. */
    record Buffer(Bytes content) implements Value {}

    /** An address; JSON has it as a number. */
    record Address(long value) implements Value {}

    /** A value of an enumeration: a name in text, a number in JSON. */
    record Named(String name, long value) implements Value {}

    /** A call stack. @param lines a frame each, the innermost first, without what goes in front @param mode what is in front */
    record CallStack(List<String> lines, StackMode mode) implements Value {
        public CallStack {
            lines = List.copyOf(lines);
        }
    }

    /** An array. */
    record Sequence(List<Value> elements) implements Value {
        public Sequence {
            elements = List.copyOf(elements);
        }
    }

    /** A tuple without names. */
    record Tuple(List<Value> elements) implements Value {
        public Tuple {
            elements = List.copyOf(elements);
        }
    }

    /** A structure or a record. */
    record Members(List<Member> members) implements Value {
        public Members {
            members = List.copyOf(members);
        }
    }

    /** A member of a structure. */
    record Member(String name, Value value) {}

    /** What {@code stats()} found out. */
    record Statistics(long count, long average, long total, boolean signed) implements Value {}

    /**
     * A histogram: the buckets from the first to the last that counted anything.
     *
     * @param step how wide a bucket is; of one that is not linear, into how many buckets each power of two is divided
     */
    record Histogram(List<Bucket> buckets, boolean linear, long step) implements Value {
        public Histogram {
            buckets = List.copyOf(buckets);
        }

        /** All that was counted. */
        public long total() {
            return buckets.stream().mapToLong(Bucket::count).sum();
        }
    }

    /** A bucket of a histogram. @param from the least number, empty for none @param to the first number above, empty for none */
    record Bucket(OptionalLong from, OptionalLong to, long count) {}

    /** What happened in each interval, the oldest first. @param interval in nanoseconds */
    record Series(List<Point> points, long interval) implements Value {
        public Series {
            points = List.copyOf(points);
        }
    }

    /** An interval. @param start in nanoseconds since 1970 @param value {@link Missing} if nothing happened */
    record Point(long start, Value value) {}

    /** No value: of a type that cannot be shown, such as {@code float}. */
    record Missing() implements Value {}
}
