package dev.skep.trace.cdefinition;

import java.util.List;

/**
 * A structure or union, laid out as C compilers for 64-bit Linux do.
 *
 * @param name with its keyword: {@code struct sock}; the keyword alone if it has no name
 * @param size in bytes
 * @param alignment in bytes
 */
public record CStructure(String name, int size, int alignment, List<CMember> members) {
    public CStructure {
        members = List.copyOf(members);
    }

    /** True for a union. */
    public boolean isUnion() {
        return name.startsWith("union");
    }
}
