package dev.skep.trace.syntax;

import dev.skep.trace.cdefinition.CLayout;
import dev.skep.trace.cdefinition.CMember;
import dev.skep.trace.cdefinition.CStructure;
import dev.skep.trace.cdefinition.CType;
import java.util.ArrayList;
import java.util.List;

/** Lays out the members of a structure or union, as the System V ABI does. */
final class CStructureLayout {
    private static final int BITS = 8;

    private final boolean isUnion;
    private final boolean packed;
    private final List<CMember> members = new ArrayList<>();
    private long bits;
    private long largest;
    private int alignment = 1;

    /** @param packed true for {@code __attribute__((packed))}: nothing is aligned */
    CStructureLayout(boolean isUnion, boolean packed) {
        this.isUnion = isUnion;
        this.packed = packed;
    }

    /** Adds a member that is no bit field. @param atLeast alignment its attributes ask for, else 1 */
    void add(String name, CType type, CLayout layout, int atLeast) {
        int wanted = Math.max(packed ? 1 : layout.alignment(), atLeast);
        long offset = isUnion ? 0 : aligned(bits, (long) wanted * BITS);
        members.add(new CMember(name, type, offset, 0));
        alignment = Math.max(alignment, wanted);
        bits = offset + (long) layout.size() * BITS;
        largest = Math.max(largest, bits);
    }

    /** Adds a bit field. @param name empty for padding @param width 0 to go on at the next unit of its type */
    void addBits(String name, CType type, CLayout layout, int width) {
        long unit = (long) layout.size() * BITS;
        long offset = isUnion ? 0 : bits;
        boolean crosses = offset / unit != (offset + width - 1) / unit;
        if (width == 0 || (crosses && !packed)) {
            offset = aligned(offset, unit);
        }
        if (!name.isEmpty()) {
            members.add(new CMember(name, type, offset, width));
            alignment = Math.max(alignment, packed ? 1 : layout.alignment());
        }
        bits = offset + width;
        largest = Math.max(largest, bits);
    }

    /** All of it. @param atLeast alignment its attributes ask for, else 1 */
    CStructure structure(String name, int atLeast) {
        int whole = Math.max(alignment, atLeast);
        long size = aligned(largest, (long) whole * BITS) / BITS;
        return new CStructure(name, (int) Math.min(size, Integer.MAX_VALUE), whole, members);
    }

    private static long aligned(long bits, long unit) {
        return (bits + unit - 1) / unit * unit;
    }
}
