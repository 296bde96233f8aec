package dev.skep.object.btf;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes numbers of a few types where they stand, which costs no decoding and writing of all the others: what a loader fills in that the
 * compiler could not know. For one thread.
 */
public final class BtfPatch {
    private static final int SIZE = 8;
    private static final int LINKAGE = BtfSection.TYPE_LENGTH;
    private static final int VARIABLE_BYTES = 12;

    private final Btf btf;
    private byte @Nullable [] changed;

    /** @param btf stays as it is */
    public BtfPatch(Btf btf) {
        this.btf = btf;
    }

    /**
     * Gives a data section another size, and its variables other places.
     *
     * @param variables as many as it has
     * @throws IllegalArgumentException if {@code id} is no data section of this BTF itself with that many variables
     */
    public void layOut(int id, int size, List<BtfType.SectionVariable> variables) {
        require(id, BtfKind.DATASEC);
        int at = btf.offset(id);
        if (btf.entries(id) != variables.size()) {
            throw new IllegalArgumentException(
                    "type " + id + " has " + btf.entries(id) + " variables, not " + variables.size());
        }
        byte[] bytes = bytes();
        LittleEndian.putWord(bytes, at + SIZE, size);
        at += BtfSection.TYPE_LENGTH;
        for (BtfType.SectionVariable variable : variables) {
            LittleEndian.putWord(bytes, at, variable.type());
            LittleEndian.putWord(bytes, at + 4, variable.offset());
            LittleEndian.putWord(bytes, at + 8, variable.size());
            at += VARIABLE_BYTES;
        }
    }

    /** Gives a variable another linkage. @throws IllegalArgumentException if {@code id} is no variable of this BTF itself */
    public void link(int id, BtfType.Linkage linkage) {
        require(id, BtfKind.VAR);
        LittleEndian.putWord(bytes(), btf.offset(id) + LINKAGE, linkage.ordinal());
    }

    private void require(int id, BtfKind kind) {
        if (id >= btf.typeCount()) {
            throw new IllegalArgumentException("there is no type " + id + ", the last is " + (btf.typeCount() - 1));
        }
        if (id < btf.firstId() || btf.kind(id) != kind) {
            throw new IllegalArgumentException("type " + id + " is a " + btf.kind(id) + ", no " + kind);
        }
    }

    private byte[] bytes() {
        byte[] bytes = changed;
        if (bytes == null) {
            bytes = btf.copyOfBytes();
            changed = bytes;
        }
        return bytes;
    }

    /** The types as changed; the same instance if nothing was. */
    public Btf build() {
        return changed == null ? btf : btf.withBytes(changed.clone());
    }
}
