package dev.skep.compiler.type;

import java.util.List;
import java.util.Optional;

/** A type as C has it, laid out for 64-bit BPF: what maps, globals, structs and functions are declared with. */
public sealed interface CType {
    /** No value; what an untyped pointer points to. */
    Void VOID = new Void();

    /** Bytes it takes; 0 for {@link Void} and {@link Prototype}. */
    int size();

    /** What its address is a multiple of. */
    int alignment();

    /** {@code void}. */
    record Void() implements CType {
        @Override
        public int size() {
            return 0;
        }

        @Override
        public int alignment() {
            return 1;
        }
    }

    /** A number. @param name as C says it: {@code unsigned int} @param size 1, 2, 4 or 8 bytes */
    record Scalar(String name, int size, Encoding encoding) implements CType {
        /** How its bits are read. */
        public enum Encoding {
            UNSIGNED,
            SIGNED,
            CHARACTER,
            BOOLEAN
        }

        @Override
        public int alignment() {
            return size;
        }
    }

    /** A pointer, 8 bytes. */
    record Pointer(CType target) implements CType {
        @Override
        public int size() {
            return 8;
        }

        @Override
        public int alignment() {
            return 8;
        }
    }

    /** So many elements in a row. */
    record Array(CType element, int length) implements CType {
        @Override
        public int size() {
            return element.size() * length;
        }

        @Override
        public int alignment() {
            return element.alignment();
        }
    }

    /** A struct or union with its members where they lie. */
    record Composite(String name, boolean union, int size, int alignment, List<Member> members) implements CType {
        public Composite {
            members = List.copyOf(members);
        }

        /** The member with this name. */
        public Optional<Member> member(String memberName) {
            return members.stream().filter(m -> m.name().equals(memberName)).findFirst();
        }
    }

    /** A member. @param offset in bytes @param name {@code ""} for an anonymous struct or union */
    record Member(String name, CType type, int offset) {}

    /** A struct or union known by name only: what a pointer within itself points to. */
    record Named(String name, boolean union) implements CType {
        @Override
        public int size() {
            return 0;
        }

        @Override
        public int alignment() {
            return 1;
        }
    }

    /** An enumeration. @param size 4 or 8 bytes */
    record Enumeration(String name, int size, boolean signed, List<Enumerator> enumerators) implements CType {
        public Enumeration {
            enumerators = List.copyOf(enumerators);
        }

        @Override
        public int alignment() {
            return size;
        }
    }

    /** A named number of an enumeration. */
    record Enumerator(String name, long value) {}

    /** A function's type. */
    record Prototype(CType result, List<Parameter> parameters) implements CType {
        public Prototype {
            parameters = List.copyOf(parameters);
        }

        @Override
        public int size() {
            return 0;
        }

        @Override
        public int alignment() {
            return 1;
        }
    }

    /** A parameter of a function. */
    record Parameter(String name, CType type) {}
}
