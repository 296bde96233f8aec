package dev.skep.object.file;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import java.util.OptionalInt;

/** Sizes and alignments of types on BPF, where pointers have 8 bytes (libbpf's btf__resolve_size and btf__align_of). */
final class TypeSize {
    private static final int POINTER = 8;
    private static final int DEEPEST = 32;

    private TypeSize() {}

    /** Bytes; empty if the type has no size (void, function, forward) or one beyond {@code int}. */
    static OptionalInt of(Btf btf, int id) {
        long elements = 1;
        int at = id;
        for (int depth = 0; depth < DEEPEST; depth++) {
            at = btf.strip(at);
            BtfType type = btf.type(at);
            if (type instanceof BtfType.Array array) {
                elements = Math.min(elements * array.length(), Integer.MAX_VALUE + 1L);
                at = array.element();
                continue;
            }
            long size =
                    switch (type) {
                        case BtfType.Int t -> t.size();
                        case BtfType.Float t -> t.size();
                        case BtfType.Enumeration t -> t.size();
                        case BtfType.Composite t -> t.size();
                        case BtfType.DataSection t -> t.size();
                        case BtfType.Pointer t -> POINTER;
                        default -> -1;
                    };
            long total = size * elements;
            return size < 0 || total > Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) total);
        }
        return OptionalInt.empty();
    }

    /** Bytes, a power of two for well-formed types; empty where there is no size. */
    static OptionalInt alignment(Btf btf, int id) {
        return alignment(btf, id, 0);
    }

    private static OptionalInt alignment(Btf btf, int id, int depth) {
        if (depth > DEEPEST) {
            return OptionalInt.empty();
        }
        return switch (btf.type(btf.strip(id))) {
            case BtfType.Int t -> OptionalInt.of(Math.clamp(t.size(), 1, POINTER));
            case BtfType.Float t -> OptionalInt.of(Math.clamp(t.size(), 1, POINTER));
            case BtfType.Enumeration t -> OptionalInt.of(Math.clamp(t.size(), 1, POINTER));
            case BtfType.Pointer t -> OptionalInt.of(POINTER);
            case BtfType.Array t -> alignment(btf, t.element(), depth + 1);
            default -> OptionalInt.empty();
        };
    }
}
