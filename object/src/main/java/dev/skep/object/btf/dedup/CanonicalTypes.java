package dev.skep.object.btf.dedup;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import java.util.Arrays;

/**
 * The types of one BTF, decoded, and for each the type that stands for it so far: itself, an earlier one that means the
 * same, or for a forward declaration the definition. What stands for a type may itself be replaced later; {@link #of}
 * follows all the way.
 */
final class CanonicalTypes {
    private static final int OPEN = -1;

    private final Btf btf;
    private final BtfType[] types;
    private final int[] representatives;
    private final int firstOwn;

    /** Nothing is decided yet, but that void and the types of the base stand for themselves. */
    CanonicalTypes(Btf btf) {
        this.btf = btf;
        this.types = new BtfType[btf.typeCount()];
        Arrays.setAll(types, btf::type);
        this.firstOwn = btf.firstId();
        this.representatives = new int[types.length];
        Arrays.setAll(representatives, id -> id < firstOwn ? id : OPEN);
    }

    /** The BTF that the types are of. */
    Btf btf() {
        return btf;
    }

    /** The number of ids, void included. */
    int count() {
        return types.length;
    }

    /** The lowest id that may be replaced; those below belong to the base. */
    int firstOwn() {
        return firstOwn;
    }

    /** The type with this id, as it is in the BTF. */
    BtfType type(int id) {
        return types[id];
    }

    /** Whether it has been decided what stands for {@code id}. */
    boolean isDecided(int id) {
        return representatives[id] != OPEN;
    }

    /** From now on {@code representative} stands for {@code id}; they may be the same. */
    void decide(int id, int representative) {
        representatives[id] = representative;
    }

    /** The id that stands for {@code id} in the end; itself if nothing is decided yet. */
    int of(int id) {
        int at = id;
        while (representatives[at] != OPEN && representatives[at] != at) {
            at = representatives[at];
        }
        return at;
    }

    /** The definition that was found for a forward declaration; {@code id} itself if none was, or if it is no such thing. */
    int definition(int id) {
        if (!(types[id] instanceof BtfType.Forward)) {
            return id;
        }
        int canonical = of(id);
        return types[canonical] instanceof BtfType.Forward ? id : canonical;
    }
}
