package dev.skep.trace.plan;

import dev.skep.trace.source.Span;
import dev.skep.trace.type.TraceType;
import java.util.List;

/**
 * What the tracer does when a program sends an event. The event is 64 bits with the action's index, then what is said at
 * each: offsets count from the event's start.
 */
public sealed interface Action {
    /** A value in an event. @param offset in bytes, aligned as the type asks */
    record Argument(TraceType type, int offset) {}

    /** A format and its arguments: of {@code printf} and its relatives. */
    record Formatted(String format, List<Argument> arguments) {
        public Formatted {
            arguments = List.copyOf(arguments);
        }
    }

    /** {@code printf}. */
    record Print(Formatted text) implements Action {}

    /** What is told of a place of the script. */
    record Complain(Formatted text, Complaint kind, Span place) implements Action {}

    /** Who tells it. */
    enum Complaint {
        /** {@code errorf}. */
        ERROR("errorf"),
        /** {@code warnf}. */
        WARNING("warnf"),
        /** The tracer, of what went wrong there. */
        FAILURE("runtime_error");

        private final String word;

        Complaint(String word) {
            this.word = word;
        }

        /** In JSON. */
        public String word() {
            return word;
        }
    }

    /** {@code system}. */
    record RunCommand(Formatted command) implements Action {}

    /** {@code cat}. */
    record ShowFile(Formatted path) implements Action {}

    /** {@code print(value)}. */
    record PrintValue(Argument value) implements Action {}

    /** {@code print(@map, top, divisor)}. @param map the script's name of it @param top 0 for all @param divisor 0 for none */
    record PrintMap(String map, long top, long divisor) implements Action {}

    /** {@code clear(@map)}. */
    record ClearMap(String map) implements Action {}

    /** {@code zero(@map)}. */
    record ZeroMap(String map) implements Action {}

    /** {@code exit(code)}: 64 bits of the code at offset 8. */
    record Exit() implements Action {}

    /** {@code time(format)}. */
    record PrintTime(String format) implements Action {}

    /** {@code join(texts, separator)}: {@code count} texts of {@code size} bytes from {@code offset} on; an empty one ends them. */
    record Join(String separator, int offset, int size, int count) implements Action {}

    /** {@code unwatch(address)}: 64 bits of the address at offset 8. */
    record Unwatch() implements Action {}

    /** {@code skboutput}: 64 bits of the time at offset 8, 32 bits of the length at 16, the packet from 20 on. */
    record WritePacket(String path) implements Action {}
}
