package dev.skep.trace.system;

import java.util.List;
import java.util.Optional;

/** The tracepoints of the kernel, as tracefs shows them. */
public interface Tracepoints {
    /** A tracepoint's name. */
    record Name(String category, String event) {}

    /**
     * A member of a tracepoint's record.
     *
     * @param type as written in C, without the name: {@code const char *}, {@code __data_loc char[]}, {@code u8}
     * @param name without brackets
     * @param elements of an array with a number in brackets; 0 if it is none, or an array of no known length
     * @param offset in the record, in bytes, the common members included
     * @param size in bytes
     * @param location how an array of no fixed length is stored
     */
    record Field(String type, String name, int elements, int offset, int size, boolean signed, Location location) {
        /** Whether each record has them, whatever the tracepoint: {@code common_pid}. */
        public boolean isCommon() {
            return name.startsWith("common_");
        }
    }

    /** Where the content of a field is. */
    enum Location {
        /** At its offset. */
        HERE,
        /** {@code __data_loc}: the field has 16 bits of an offset from the record's start, then 16 bits of a length. */
        FROM_START,
        /** {@code __rel_loc}: the same, with the offset from the field's end. */
        FROM_FIELD
    }

    /** What a tracepoint records. @param id as perf_event_open(2) wants it */
    record Format(Name name, int id, List<Field> fields) {
        public Format {
            fields = List.copyOf(fields);
        }
    }

    /** Those that match, sorted; those of {@code ftrace} itself, which cannot be attached to, are left out. */
    List<Name> events(NamePattern category, NamePattern event);

    /** All categories, sorted. */
    List<String> categories();

    /** What a tracepoint records; empty if there is none. */
    Optional<Format> format(String category, String event);

    /** The events of raw tracepoints that match, sorted: those that BTF describes ({@code btf_trace_...}) or tracefs names. */
    List<String> raw(NamePattern event);

    /** The module whose types describe a raw tracepoint; {@code vmlinux} for the kernel itself. */
    default String rawModule(String event) {
        return "vmlinux";
    }
}
