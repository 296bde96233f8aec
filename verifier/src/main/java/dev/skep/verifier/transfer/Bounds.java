package dev.skep.verifier.transfer;

import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.scalar.RangeText;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.TypeName;

/** Whether an access lies inside a piece of memory of known size ({@code check_mem_region_access}, {@code check_packet_access}). */
final class Bounds {
    private Bounds() {}

    /**
     * Checks all that a pointer with a variable offset may touch.
     *
     * @param offset added to the pointer @param size of the access @param memory bytes there are
     * @param zeroAllowed an access of no bytes is none
     */
    static void check(Pointer pointer, int register, int offset, int size, long memory, boolean zeroAllowed) {
        long base = (long) offset + pointer.offset();
        long smin = pointer.variable().smin();
        Cause cause = cause(pointer.region());
        if (smin < 0 && (smin == Long.MIN_VALUE || base + smin != (int) (base + smin) || smin + base < 0)) {
            throw Refusal.ofRegister(
                    cause,
                    register,
                    "R" + register + " min value is negative, either use unsigned index or do a if (index >=0) check.");
        }
        if (!isInside(base + smin, size, memory, zeroAllowed)) {
            throw outside(
                    pointer, register, base + smin, size, memory, "min value is outside of the allowed memory range");
        }
        long umax = pointer.variable().umax();
        if (Long.compareUnsigned(umax, Pointer.MAX_OFFSET) >= 0) {
            throw Refusal.ofRegister(
                    cause,
                    register,
                    "R" + register + " unbounded memory access, make sure to bounds check any such access");
        }
        if (!isInside(base + umax, size, memory, zeroAllowed)) {
            throw outside(
                    pointer, register, base + umax, size, memory, "max value is outside of the allowed memory range");
        }
    }

    private static boolean isInside(long offset, int size, long memory, boolean zeroAllowed) {
        boolean sized = size > 0 || (size == 0 && zeroAllowed);
        return offset >= 0 && sized && offset + size <= memory;
    }

    private static Cause cause(Region region) {
        return switch (region) {
            case Region.MapValue value -> Cause.MAP_VALUE_BOUNDS;
            case Region.Packet packet -> Cause.PACKET_BOUNDS;
            default -> Cause.MEMORY_BOUNDS;
        };
    }

    private static Refusal outside(Pointer pointer, int register, long offset, int size, long memory, String summary) {
        String detail = switch (pointer.region()) {
            case Region.MapKey key -> "invalid access to map key, key_size=%d off=%d size=%d";
            case Region.MapValue value -> "invalid access to map value, value_size=%d off=%d size=%d";
            default -> "invalid access to memory, mem_size=%d off=%d size=%d";
        };
        return Refusal.ofRegister(
                cause(pointer.region()),
                register,
                detail.formatted(memory, offset, size) + "\nR" + register + " " + summary);
    }

    /** Packet bytes are there if a comparison with the packet's end showed it; a variable offset is part of what was compared. */
    static void checkPacket(Pointer pointer, int register, int offset, int size, boolean zeroAllowed) {
        if (pointer.variable().smin() < 0) {
            throw Refusal.ofRegister(
                    Cause.PACKET_BOUNDS,
                    register,
                    "R" + register + " min value is negative, either use unsigned index or do a if (index >=0) check.");
        }
        long place = (long) offset + pointer.offset();
        if (pointer.available() < 0 || !isInside(place, size, pointer.available(), zeroAllowed)) {
            throw Refusal.ofRegister(
                    Cause.PACKET_BOUNDS,
                    register,
                    "invalid access to packet, off=%d size=%d, R%d(id=%d,off=%d,r=%d)\nR%d offset is outside of the packet"
                            .formatted(
                                    place,
                                    size,
                                    register,
                                    pointer.id(),
                                    pointer.offset(),
                                    pointer.available(),
                                    register));
        }
    }

    /** A pointer that must be where it was given: no offset added ({@code check_ptr_off_reg}). */
    static void checkUnmoved(Pointer pointer, int register, Cause cause, boolean fixedAllowed) {
        String name = TypeName.of(pointer);
        if (pointer.offset() < 0) {
            throw Refusal.ofRegister(
                    cause,
                    register,
                    "negative offset %s ptr R%d off=%d disallowed".formatted(name, register, pointer.offset()));
        }
        if (!fixedAllowed && pointer.offset() != 0) {
            throw Refusal.ofRegister(
                    cause,
                    register,
                    "dereference of modified %s ptr R%d off=%d disallowed".formatted(name, register, pointer.offset()));
        }
        if (!pointer.variable().isConstant() || pointer.variable().constant() != 0) {
            throw Refusal.ofRegister(
                    cause,
                    register,
                    "variable %s access var_off=%s disallowed"
                            .formatted(name, RangeText.of(pointer.variable().bits())));
        }
    }
}
