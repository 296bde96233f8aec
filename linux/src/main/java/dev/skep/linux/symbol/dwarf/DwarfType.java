package dev.skep.linux.symbol.dwarf;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A type as debugging information has it. Types that it is made of are told by their place, {@link #VOID} for none; see {@link DwarfInfo#type}. */
public sealed interface DwarfType {
    /** The place of {@code void}. */
    long VOID = 0;

    /** {@code void}, and what is not understood. */
    record Nothing() implements DwarfType {}

    /** A number. @param size in bytes */
    record Base(String name, int size, Encoding encoding) implements DwarfType {}

    /** How a number is to be read ({@code DW_ATE_*}). */
    enum Encoding {
        SIGNED,
        UNSIGNED,
        /** {@code char} with a sign. */
        SIGNED_CHARACTER,
        UNSIGNED_CHARACTER,
        TRUTH,
        FRACTION
    }

    /** An address. @param sign behind the type it points to: {@code *}, {@code &} */
    record Pointer(long target, String sign) implements DwarfType {}

    /** A type with something said of it. @param word {@code const} */
    record Qualified(String word, long target) implements DwarfType {}

    /** Another name. */
    record Typedef(String name, long target) implements DwarfType {}

    /**
     * A structure, class or union.
     *
     * @param keyword {@code struct}, {@code class}, {@code union}
     * @param name empty for none
     * @param size in bytes
     * @param declared whether this is all that is said of it here, and elsewhere more
     */
    record Structure(String keyword, String name, int size, boolean declared, List<Member> members)
            implements DwarfType {
        public Structure {
            members = List.copyOf(members);
        }
    }

    /**
     * A member, or what a class inherits.
     *
     * @param name empty for what has none
     * @param bitOffset from the structure's start
     * @param bits of a bit field; 0 for others
     */
    record Member(String name, long type, long bitOffset, int bits) {}

    /** An enumeration. @param size in bytes */
    record Enumeration(String name, int size, boolean signed, Map<String, Long> constants) implements DwarfType {
        public Enumeration {
            constants = Collections.unmodifiableMap(new LinkedHashMap<>(constants));
        }
    }

    /** An array. @param counts of each dimension, the outermost first; 0 where it is not said */
    record Array(long element, List<Long> counts) implements DwarfType {
        public Array {
            counts = List.copyOf(counts);
        }
    }

    /** A function, which pointers point to. */
    record Function() implements DwarfType {}
}
