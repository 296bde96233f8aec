package dev.skep.object.btf;

import java.util.List;

/**
 * One BTF type. Types refer to each other by id; id 0 is {@link Void}. Kinds and fields follow {@code linux/btf.h} and the
 * kernel's Documentation/bpf/btf.rst; sizes are bytes, offsets inside structs are bits.
 */
public sealed interface BtfType {

    /** The type's name; "" if anonymous or if the kind has none. */
    default String name() {
        return "";
    }

    /** {@code BTF_KIND_*}, 0 for void. */
    int kind();

    /** {@code void}, which is id 0 and never stored. */
    record Void() implements BtfType {
        @Override
        public int kind() {
            return 0;
        }
    }

    /** {@code BTF_KIND_INT}. @param bits width in bits @param offset bit offset inside {@code size} bytes (legacy) */
    record Int(String name, int size, boolean signed, boolean character, boolean bool, int offset, int bits)
            implements BtfType {
        @Override
        public int kind() {
            return 1;
        }
    }

    /** {@code BTF_KIND_PTR}. */
    record Pointer(int target) implements BtfType {
        @Override
        public int kind() {
            return 2;
        }
    }

    /** {@code BTF_KIND_ARRAY}. @param length number of elements, 0 for a flexible array */
    record Array(int element, int index, int length) implements BtfType {
        @Override
        public int kind() {
            return 3;
        }
    }

    /** {@code BTF_KIND_STRUCT} or {@code BTF_KIND_UNION}. @param size in bytes */
    record Composite(String name, boolean union, int size, List<Member> members) implements BtfType {
        public Composite {
            members = List.copyOf(members);
        }

        @Override
        public int kind() {
            return union ? 5 : 4;
        }
    }

    /**
     * A field of a struct or union.
     *
     * @param name "" for an anonymous member
     * @param bitOffset from the start of the struct
     * @param bitfieldSize width in bits if a bitfield, else 0
     */
    record Member(String name, int type, int bitOffset, int bitfieldSize) {}

    /**
     * {@code BTF_KIND_ENUM} (6) and {@code BTF_KIND_ENUM64} (19).
     *
     * <p>Without enumerators it is a forward declaration; clang gives those the size 0.
     *
     * @param size in bytes: 1, 2, 4 or 8
     * @param wide stored as ENUM64
     * @param signed how the values are meant
     */
    record Enumeration(String name, int size, boolean wide, boolean signed, List<Enumerator> enumerators)
            implements BtfType {
        public Enumeration {
            enumerators = List.copyOf(enumerators);
        }

        @Override
        public int kind() {
            return wide ? 19 : 6;
        }
    }

    /** One name of an enumeration. @param value sign- or zero-extended to 64 bits as the enumeration's signedness says */
    record Enumerator(String name, long value) {}

    /** {@code BTF_KIND_FWD}. */
    record Forward(String name, boolean union) implements BtfType {
        @Override
        public int kind() {
            return 7;
        }
    }

    /** {@code BTF_KIND_TYPEDEF}. */
    record Typedef(String name, int target) implements BtfType {
        @Override
        public int kind() {
            return 8;
        }
    }

    /** {@code BTF_KIND_VOLATILE}, {@code BTF_KIND_CONST} and {@code BTF_KIND_RESTRICT}. */
    record Qualified(Qualifier qualifier, int target) implements BtfType {
        @Override
        public int kind() {
            return qualifier.kind;
        }
    }

    /** A C type qualifier. */
    enum Qualifier {
        VOLATILE(9),
        CONST(10),
        RESTRICT(11);

        final int kind;

        Qualifier(int kind) {
            this.kind = kind;
        }
    }

    /** {@code BTF_KIND_FUNC}. @param prototype id of a {@link FunctionPrototype} */
    record Function(String name, Linkage linkage, int prototype) implements BtfType {
        @Override
        public int kind() {
            return 12;
        }
    }

    /** {@code BTF_KIND_FUNC_PROTO}. @param variadic ends in {@code ...} */
    record FunctionPrototype(int returnType, List<Parameter> parameters, boolean variadic) implements BtfType {
        public FunctionPrototype {
            parameters = List.copyOf(parameters);
        }

        @Override
        public int kind() {
            return 13;
        }
    }

    /** A parameter of a prototype. @param name may be "" */
    record Parameter(String name, int type) {}

    /** {@code BTF_KIND_VAR}. */
    record Variable(String name, int type, Linkage linkage) implements BtfType {
        @Override
        public int kind() {
            return 14;
        }
    }

    /** Linkage of functions and variables ({@code BTF_FUNC_STATIC} ..., {@code BTF_VAR_STATIC} ...: the same numbers). */
    enum Linkage {
        STATIC,
        GLOBAL,
        EXTERN
    }

    /** {@code BTF_KIND_DATASEC}: the variables of an ELF section. @param size in bytes, 0 until the loader fills it in */
    record DataSection(String name, int size, List<SectionVariable> variables) implements BtfType {
        public DataSection {
            variables = List.copyOf(variables);
        }

        @Override
        public int kind() {
            return 15;
        }
    }

    /** A variable's place in its section. @param type id of a {@link Variable} (or Function for externs), offset and size in bytes */
    record SectionVariable(int type, int offset, int size) {}

    /** {@code BTF_KIND_FLOAT}. */
    record Float(String name, int size) implements BtfType {
        @Override
        public int kind() {
            return 16;
        }
    }

    /**
     * {@code BTF_KIND_DECL_TAG}.
     *
     * @param component member or parameter index, -1 for the declaration itself
     * @param attribute the kind_flag: the tag is an arbitrary attribute (6.15)
     */
    record DeclarationTag(String name, int target, int component, boolean attribute) implements BtfType {
        @Override
        public int kind() {
            return 17;
        }
    }

    /** {@code BTF_KIND_TYPE_TAG}. @param attribute the kind_flag: the tag is an arbitrary attribute (6.15) */
    record TypeTag(String name, int target, boolean attribute) implements BtfType {
        @Override
        public int kind() {
            return 18;
        }
    }
}
