package dev.skep.trace.cdefinition;

/**
 * A member of a structure or union.
 *
 * @param name empty for a structure or union without a name, whose members count as those of what it is in
 * @param bitOffset from the start of the structure
 * @param bits how many bits a bit field has; 0 for other members
 */
public record CMember(String name, CType type, long bitOffset, int bits) {
    /** True if it does not start or end at bytes. */
    public boolean isBitField() {
        return bits != 0;
    }
}
