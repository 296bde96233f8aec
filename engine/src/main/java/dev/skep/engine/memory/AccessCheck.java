package dev.skep.engine.memory;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges accesses in checked mode: is it inside one element of one live region, and may that be written? Remembers the
 * regions it saw last, so that the usual case is two comparisons. Each logical CPU has its own; not thread-safe.
 */
public final class AccessCheck {
    /** Addresses below are reached by null pointers, and nothing else. */
    private static final int FIRST_PAGE = 4096;

    private static final int REMEMBERED = 16;
    private static final int REMEMBERED_SHIFT = 6;

    private final Sandbox sandbox;
    private final @Nullable Region[] recent = new Region[REMEMBERED];
    private long removalsSeen = -1;

    /** Judges accesses to {@code sandbox}. */
    public AccessCheck(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    /**
     * True if a program may access {@code length} bytes at {@code address}.
     *
     * @param address all 64 bits of the pointer: one with upper bits set is no valid pointer
     * @param length at least 0; nothing is wrong with accessing 0 bytes of nothing
     */
    public boolean allows(long address, long length, boolean write) {
        Regions regions = sandbox.regions();
        long removals = regions.removals();
        if (removals != removalsSeen) {
            Arrays.fill(recent, null);
            removalsSeen = removals;
        }
        int slot = (int) (address >>> REMEMBERED_SHIFT) & (REMEMBERED - 1);
        Region region = recent[slot];
        if (region == null || !region.contains(address, length)) {
            Optional<Region> found = regions.before(address);
            if (found.isEmpty() || length < 0 || !found.get().contains(address, length)) {
                return length == 0;
            }
            region = found.get();
            recent[slot] = region;
        }
        return region.writable() || !write || length == 0;
    }

    /**
     * Why {@link #allows} said no: one clause without a full stop, for example {@code writes 4 bytes at 0x10210, 16 bytes past
     * the end of stack (512 bytes at 0x10000)}.
     */
    public String explain(long address, long length, boolean write) {
        String access = (write ? "writes " : "reads ") + bytes(length) + " at 0x" + Long.toHexString(address);
        if (length < 0) {
            return access + ", a negative length";
        }
        Regions regions = sandbox.regions();
        Optional<Region> before = regions.before(address);
        if (before.isPresent() && address < before.get().end()) {
            return access + ", " + inside(before.get(), address, length);
        }
        if (address >>> 32 != 0) {
            return access + ", which is no address of the sandbox (its addresses have 32 bits)";
        }
        if (address < FIRST_PAGE) {
            return access + ", through a null pointer"
                    + (address == 0 ? "" : " (the member at offset " + address + ")");
        }
        return access + ", " + nearest(before, regions.after(address), address);
    }

    private static String inside(Region region, long address, long length) {
        if (region.contains(address, length)) {
            return "inside " + region + ", which is read-only";
        }
        long offset = address - region.address();
        if (region.count() == 1) {
            return bytes(offset + length - region.size()) + " of them past the end of " + region;
        }
        return "at byte " + offset % region.stride() + " of element " + offset / region.stride() + " of " + region
                + ", crossing the element's end";
    }

    private static String nearest(Optional<Region> before, Optional<Region> after, long address) {
        long pastEnd = before.map(region -> address - region.end()).orElse(Long.MAX_VALUE);
        long toStart = after.map(region -> region.address() - address).orElse(Long.MAX_VALUE);
        if (pastEnd == Long.MAX_VALUE && toStart == Long.MAX_VALUE) {
            return "where nothing is mapped";
        }
        if (pastEnd <= toStart) {
            return pastEnd == 0
                    ? "right behind the end of " + before.orElseThrow()
                    : bytes(pastEnd) + " past the end of " + before.orElseThrow();
        }
        return bytes(toStart) + " before " + after.orElseThrow();
    }

    private static String bytes(long count) {
        return count == 1 ? "1 byte" : count + " bytes";
    }
}
