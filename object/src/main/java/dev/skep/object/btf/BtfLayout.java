package dev.skep.object.btf;

import dev.skep.object.InputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How values of BTF types lie in memory, for a 64-bit machine as BPF is: sizes, alignments, and where fields are. Answers
 * about alignment are remembered, so keep a layout as long as questions about the same BTF come. Not for several threads.
 *
 * <p>Rules of alignment are libbpf's {@code btf__align_of}: BTF does not record attributes, so that what was packed or
 * aligned by hand is worked out from sizes and offsets.
 */
public final class BtfLayout {
    /** Bytes of a pointer. */
    public static final int POINTER_SIZE = 8;

    /** How deep types may be nested in each other; C compilers stop long before. */
    static final int MAXIMUM_DEPTH = 128;

    private final Btf btf;
    private final Map<Integer, Integer> alignments = new HashMap<>();

    /** Answers questions about the types of {@code btf}. */
    public BtfLayout(Btf btf) {
        this.btf = btf;
    }

    /**
     * The size of a value in bytes, as C's {@code sizeof}.
     *
     * @throws InputException if such values have no size (void, functions, forward declarations, declarations that are
     *     no types), or one beyond 2 GiB, or arrays are nested absurdly deep
     */
    public int size(int id) {
        return knownSize(id).orElseThrow(() -> wrong(id, "has no size, or one beyond 2 GiB"));
    }

    /** The size of a value in bytes; empty where {@link #size} throws because there is none or it is too large. */
    public OptionalInt knownSize(int id) {
        long elements = 1;
        int at = id;
        for (int depth = 0; depth < MAXIMUM_DEPTH; depth++) {
            BtfType type = btf.type(at);
            switch (type) {
                case BtfType.Array t -> {
                    elements = Math.min(elements * t.length(), Integer.MAX_VALUE + 1L);
                    at = t.element();
                }
                case BtfType.Typedef t -> at = t.target();
                case BtfType.Qualified t -> at = t.target();
                case BtfType.TypeTag t -> at = t.target();
                case BtfType.Variable t -> at = t.type();
                default -> {
                    long bytes = elements * ownSize(type).orElse(-1);
                    return bytes < 0 || bytes > Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) bytes);
                }
            }
        }
        return OptionalInt.empty();
    }

    private static OptionalInt ownSize(BtfType type) {
        return switch (type) {
            case BtfType.Int t -> OptionalInt.of(t.size());
            case BtfType.Float t -> OptionalInt.of(t.size());
            case BtfType.Enumeration t -> OptionalInt.of(t.size());
            case BtfType.Composite t -> OptionalInt.of(t.size());
            case BtfType.DataSection t -> OptionalInt.of(t.size());
            case BtfType.Pointer _ -> OptionalInt.of(POINTER_SIZE);
            default -> OptionalInt.empty();
        };
    }

    /**
     * The alignment of a type in bytes, as C's {@code _Alignof}: 1, 2, 4 or 8. 1 for what has none (void, functions).
     *
     * @throws InputException if types are nested too deep
     */
    public int alignment(int id) {
        return alignment(id, 0);
    }

    private int alignment(int id, int depth) {
        if (depth > MAXIMUM_DEPTH) {
            throw wrong(id, "is nested more than " + MAXIMUM_DEPTH + " types deep");
        }
        return switch (btf.type(id)) {
            case BtfType.Int t -> scalarAlignment(t.size());
            case BtfType.Float t -> scalarAlignment(t.size());
            case BtfType.Enumeration t -> scalarAlignment(t.size());
            case BtfType.Pointer _ -> POINTER_SIZE;
            case BtfType.Array t -> alignment(t.element(), depth + 1);
            case BtfType.Typedef t -> alignment(t.target(), depth + 1);
            case BtfType.Qualified t -> alignment(t.target(), depth + 1);
            case BtfType.TypeTag t -> alignment(t.target(), depth + 1);
            case BtfType.Variable t -> alignment(t.type(), depth + 1);
            case BtfType.Composite t -> {
                Integer known = alignments.get(id);
                if (known == null) {
                    known = compositeAlignment(t, depth);
                    alignments.put(id, known);
                }
                yield known;
            }
            default -> 1;
        };
    }

    private static int scalarAlignment(int size) {
        return Math.clamp(Integer.highestOneBit(size), 1, POINTER_SIZE);
    }

    private int compositeAlignment(BtfType.Composite type, int depth) {
        int largest = 1;
        for (BtfType.Member member : type.members()) {
            int alignment = alignment(member.type(), depth + 1);
            if (member.bitfieldSize() == 0 && member.bitOffset() % (8 * alignment) != 0) {
                return 1;
            }
            largest = Math.max(largest, alignment);
        }
        return type.size() % largest == 0 ? largest : 1;
    }

    /**
     * Whether a struct or union must have been declared packed: a member that is no bitfield lies where it is not aligned,
     * or the size is no multiple of the strictest member's alignment. One that was declared packed but looks as if it was
     * not gives false.
     */
    public boolean packed(BtfType.Composite composite) {
        int largest = 1;
        for (BtfType.Member member : composite.members()) {
            int alignment = alignment(member.type());
            if (member.bitfieldSize() == 0 && member.bitOffset() % (8 * alignment) != 0) {
                return true;
            }
            largest = Math.max(largest, alignment);
        }
        return composite.size() % largest != 0;
    }

    /**
     * A field of a struct or union.
     *
     * @param path member indices from the outer composite through anonymous ones to the field
     * @param type id of the field's type
     * @param bitOffset from the start of the outer composite
     * @param bits width in bits of a bitfield, 0 for other fields
     */
    public record Field(List<Integer> path, int type, long bitOffset, int bits) {
        public Field {
            path = List.copyOf(path);
        }

        /** Bytes from the start of the outer composite; for a bitfield, of the byte its lowest bit lies in. */
        public long byteOffset() {
            return bitOffset / 8;
        }
    }

    /**
     * Finds a field by name as C does: also inside anonymous structs and unions.
     *
     * @param id a struct or union, or a typedef or qualified form of one
     * @return empty if {@code id} is something else or has no such field
     */
    public Optional<Field> field(int id, String name) {
        return field(id, name, new ArrayList<>(), 0, new HashSet<>());
    }

    private Optional<Field> field(int id, String name, List<Integer> path, long base, Set<Integer> visited) {
        int composite = btf.strip(id);
        if (!(btf.type(composite) instanceof BtfType.Composite type)
                || path.size() > MAXIMUM_DEPTH
                || !visited.add(composite)) {
            return Optional.empty();
        }
        for (int i = 0; i < type.members().size(); i++) {
            BtfType.Member member = type.members().get(i);
            path.add(i);
            if (member.name().equals(name)) {
                return Optional.of(field(path, member, base));
            }
            if (member.name().isEmpty()) {
                Optional<Field> inner = field(member.type(), name, path, base + member.bitOffset(), visited);
                if (inner.isPresent()) {
                    return inner;
                }
            }
            path.removeLast();
        }
        return Optional.empty();
    }

    private Field field(List<Integer> path, BtfType.Member member, long base) {
        long offset = base + member.bitOffset();
        int bits = member.bitfieldSize();
        if (bits == 0 && btf.type(btf.strip(member.type())) instanceof BtfType.Int t && t.bits() != t.size() * 8) {
            return new Field(path, member.type(), offset + t.offset(), t.bits());
        }
        return new Field(path, member.type(), offset, bits);
    }

    private InputException wrong(int id, String problem) {
        return new InputException(
                btf.where(), "BTF type " + id + " (" + btf.kind(id) + " '" + btf.name(id) + "') " + problem, "");
    }
}
