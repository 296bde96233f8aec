package dev.skep.engine.memory;

/**
 * A live part of the sandbox: what a valid pointer may point into. A region may be a row of equal elements (a map's
 * values), and then an access has to stay inside one element.
 *
 * @param address where it starts
 * @param elementSize usable bytes of each element
 * @param stride distance between elements' starts, at least {@code elementSize}
 * @param count number of elements, at least 1
 * @param writable false for read-only globals and contexts
 * @param label what it is, for error messages: {@code "stack"}, {@code "packet"}, {@code "value of map flows"}
 */
public record Region(long address, long elementSize, long stride, long count, boolean writable, String label) {

    /** A single element. */
    public static Region of(long address, long size, boolean writable, String label) {
        return new Region(address, size, Math.max(1, size), 1, writable, label);
    }

    /** Bytes from the start of the first element to the end of the last. */
    public long size() {
        return stride * (count - 1) + elementSize;
    }

    /** The first address after it. */
    public long end() {
        return address + size();
    }

    /** True if {@code length} bytes (at least 0) from {@code at} lie inside one element. */
    public boolean contains(long at, long length) {
        long offset = at - address;
        if (offset < 0 || offset > size()) {
            return false;
        }
        if (count == 1) {
            return length <= elementSize - offset;
        }
        return length <= elementSize - offset % stride;
    }

    /** For example {@code stack (512 bytes at 0x10000)}. */
    @Override
    public String toString() {
        String shape = count == 1 ? "" : count + " elements of ";
        return label + " (" + shape + elementSize + " bytes at 0x" + Long.toHexString(address) + ")";
    }
}
