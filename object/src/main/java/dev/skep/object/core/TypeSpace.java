package dev.skep.object.core;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfKind;
import dev.skep.object.btf.BtfType;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A set of types with what CO-RE asks of it: sizes, and types without their qualifiers. Ids and sizes come from a file, so
 * every answer is checked.
 */
final class TypeSpace {
    /** The longest chain of typedefs, qualifiers and arrays followed: libbpf's {@code MAX_RESOLVE_DEPTH}. */
    private static final int MAX_DEPTH = 32;

    private static final long MAX_SIZE = 0xffff_ffffL;

    /** The spellings of C's {@code long} that compilers write (libbpf, {@code determine_ptr_size}). */
    private static final Set<String> LONG_NAMES = Set.of(
            "long",
            "long int",
            "int long",
            "unsigned long",
            "long unsigned",
            "unsigned long int",
            "unsigned int long",
            "long unsigned int",
            "long int unsigned",
            "int unsigned long",
            "int long unsigned");

    private final String name;
    private final Btf btf;
    private final int pointerSize;
    /** A large struct is looked at by every relocation of its fields, and takes time to decode. */
    private final Map<Integer, BtfType> decoded = new HashMap<>();

    private TypeSpace(String name, Btf btf, int pointerSize) {
        this.name = name;
        this.btf = btf;
        this.pointerSize = pointerSize;
    }

    /** The types of a BPF program, where pointers have 8 bytes. */
    static TypeSpace ofProgram(Btf btf) {
        return new TypeSpace("the program", btf, 8);
    }

    /** The types of a target, whose pointers are as long as its {@code long}. */
    static TypeSpace of(CoreTarget target) {
        return new TypeSpace(target.name(), target.btf(), longSize(target.btf()));
    }

    private static int longSize(Btf btf) {
        for (int id = 1; id < btf.typeCount(); id++) {
            if (btf.kind(id) == BtfKind.INT
                    && LONG_NAMES.contains(btf.name(id))
                    && btf.type(id) instanceof BtfType.Int integer
                    && (integer.size() == 4 || integer.size() == 8)) {
                return integer.size();
            }
        }
        return 8;
    }

    /** What messages call these types. */
    String name() {
        return name;
    }

    Btf btf() {
        return btf;
    }

    /** @throws CoreFailure if there is no such id */
    BtfType type(int id) {
        if (id < 0 || id >= btf.typeCount()) {
            throw new CoreFailure(
                    "BTF of " + name + " has no type " + id + " (ids end at " + (btf.typeCount() - 1) + ")",
                    "the BTF is damaged; rebuild it");
        }
        return decoded.computeIfAbsent(id, btf::type);
    }

    /** {@code id} without typedefs, qualifiers and type tags. @throws CoreFailure if they never end or lead nowhere */
    int strip(int id) {
        int at = id;
        for (int steps = 0; steps <= btf.typeCount(); steps++) {
            switch (type(at)) {
                case BtfType.Typedef t -> at = t.target();
                case BtfType.Qualified t -> at = t.target();
                case BtfType.TypeTag t -> at = t.target();
                default -> {
                    return at;
                }
            }
        }
        throw new CoreFailure(
                "BTF of " + name + ": type " + id + " refers to itself", "the BTF is damaged; rebuild it");
    }

    /** The type at {@link #strip}. */
    BtfType stripped(int id) {
        return type(strip(id));
    }

    /** The type of the elements of {@code id}, however many dimensions it has; {@code id} stripped if it is no array. */
    int innermostElement(int id) {
        int at = strip(id);
        for (int steps = 0; steps <= MAX_DEPTH; steps++) {
            if (!(type(at) instanceof BtfType.Array array)) {
                return at;
            }
            at = strip(array.element());
        }
        throw new CoreFailure(
                "BTF of " + name + ": array type " + id + " has more than " + MAX_DEPTH + " dimensions",
                "simplify the type");
    }

    /** Size in bytes, at most 2^32-1. @throws CoreFailure if the type has none (void, functions, forward declarations) */
    long size(int id) {
        long count = 1;
        int at = id;
        for (int steps = 0; steps < MAX_DEPTH; steps++) {
            switch (type(at)) {
                case BtfType.Int t -> {
                    return total(id, count, t.size());
                }
                case BtfType.Composite t -> {
                    return total(id, count, t.size());
                }
                case BtfType.Enumeration t -> {
                    return total(id, count, t.size());
                }
                case BtfType.Float t -> {
                    return total(id, count, t.size());
                }
                case BtfType.DataSection t -> {
                    return total(id, count, t.size());
                }
                case BtfType.Pointer t -> {
                    return total(id, count, pointerSize);
                }
                case BtfType.Array t -> {
                    count = total(id, count, t.length());
                    at = t.element();
                }
                case BtfType.Typedef t -> at = t.target();
                case BtfType.Qualified t -> at = t.target();
                case BtfType.TypeTag t -> at = t.target();
                case BtfType.DeclarationTag t -> at = t.target();
                case BtfType.Variable t -> at = t.type();
                default ->
                    throw new CoreFailure(
                            "type [" + id + "] " + TypeText.of(type(id)) + " of " + name + " has no size",
                            "only complete types can be relocated");
            }
        }
        throw new CoreFailure("BTF of " + name + ": type " + id + " is nested too deeply", "simplify the type");
    }

    private long total(int id, long count, int size) {
        long unsigned = Integer.toUnsignedLong(size);
        if (unsigned != 0 && count > MAX_SIZE / unsigned) {
            throw new CoreFailure(
                    "type [" + id + "] of " + name + " is larger than 4 GiB", "is the BTF damaged? rebuild it");
        }
        return count * unsigned;
    }
}
