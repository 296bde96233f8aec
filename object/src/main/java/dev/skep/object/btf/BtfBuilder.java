package dev.skep.object.btf;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts BTF together type by type, or from several objects: what a linker and a compiler need. Ids are given out in order,
 * from 1. References may point ahead, to types that come later.
 */
public final class BtfBuilder {
    private final List<BtfType> types = new ArrayList<>();

    /** No types but void. */
    public BtfBuilder() {}

    /** @return the id of {@code type} */
    public int add(BtfType type) {
        types.add(type);
        return types.size();
    }

    /**
     * Adds all types of {@code btf} (those of its base too, if it is split) behind the others, so that they refer to each
     * other as before.
     *
     * @return for each id in {@code btf} its id here; void stays 0
     */
    public int[] append(Btf btf) {
        int shift = types.size();
        int[] newIds = new int[btf.typeCount()];
        for (int id = 1; id < newIds.length; id++) {
            newIds[id] = id + shift;
        }
        for (int id = 1; id < newIds.length; id++) {
            types.add(TypeReferences.map(btf.type(id), old -> newIds[old]));
        }
        return newIds;
    }

    /** The number of ids given out, void included: the id that the next type gets. */
    public int typeCount() {
        return types.size() + 1;
    }

    /** The type with this id, 1 to {@code typeCount() - 1}. @throws IndexOutOfBoundsException if there is none */
    public BtfType type(int id) {
        return types.get(id - 1);
    }

    /** Puts another type in the place of the one with this id. @throws IndexOutOfBoundsException if there is none */
    public void set(int id, BtfType type) {
        types.set(id - 1, type);
    }

    /** @throws IllegalArgumentException if a type cannot be written as BTF, see {@link Btf#of} */
    public Btf build() {
        return Btf.of(types);
    }
}
