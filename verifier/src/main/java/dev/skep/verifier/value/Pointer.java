package dev.skep.verifier.value;

import dev.skep.verifier.scalar.Range;

/**
 * A pointer: into a region, at {@code offset + variable} bytes from its start.
 *
 * @param region what it points into
 * @param maybeNull it may be null instead; arithmetic and access have to wait for a check
 * @param id pointers with the same id, not 0, are the same pointer, so that a null check (or, for packets, a comparison with the
 *     end) of one counts for all
 * @param referenceId the acquired reference it stands for, 0 if none
 * @param offset the constant part, in bytes
 * @param variable the part that is known by range only
 * @param available for packets: how many bytes from the packet pointer with this id on are known to be there; -1 or -2 for a
 *     pointer known to be at or beyond the packet's end
 */
public record Pointer(
        Region region, boolean maybeNull, int id, int referenceId, int offset, Range variable, int available)
        implements Value {

    /** The largest offset, in either direction, that pointer arithmetic may reach ({@code BPF_MAX_VAR_OFF}). */
    public static final int MAX_OFFSET = 1 << 29;

    private static final Range NOTHING = Range.of(0);

    /** A pointer to the start of {@code region} that cannot be null. */
    public static Pointer to(Region region) {
        return new Pointer(region, false, 0, 0, 0, NOTHING, 0);
    }

    /** A pointer to the start of {@code region} that may be null. @param id to be shared with its copies */
    public static Pointer orNull(Region region, int id) {
        return new Pointer(region, true, id, 0, 0, NOTHING, 0);
    }

    public Pointer withRegion(Region newRegion) {
        return new Pointer(newRegion, maybeNull, id, referenceId, offset, variable, available);
    }

    public Pointer withId(int newId) {
        return new Pointer(region, maybeNull, newId, referenceId, offset, variable, available);
    }

    public Pointer withReference(int newReferenceId) {
        return new Pointer(region, maybeNull, id, newReferenceId, offset, variable, available);
    }

    public Pointer withOffset(int newOffset) {
        return new Pointer(region, maybeNull, id, referenceId, newOffset, variable, available);
    }

    public Pointer withVariable(int newOffset, Range newVariable) {
        return new Pointer(region, maybeNull, id, referenceId, newOffset, newVariable, available);
    }

    public Pointer withAvailable(int bytes) {
        return new Pointer(region, maybeNull, id, referenceId, offset, variable, bytes);
    }

    /** The same pointer after it was found not to be null. @param newId 0, or its id if that still means something */
    public Pointer nonNull(Region newRegion, int newId) {
        return new Pointer(newRegion, false, newId, referenceId, offset, variable, available);
    }

    /** True if the offset is one known number. */
    public boolean hasConstantOffset() {
        return variable.isConstant();
    }

    /** {@code offset + variable}, if that is one known number. */
    public long constantOffset() {
        return offset + variable.constant();
    }

    public boolean isStack() {
        return region instanceof Region.Stack;
    }

    public boolean isContext() {
        return region instanceof Region.Context;
    }

    /** True for pointers into packet data or metadata, not for the packet's end. */
    public boolean isPacket() {
        return region == Region.Packet.DATA || region == Region.Packet.META;
    }
}
