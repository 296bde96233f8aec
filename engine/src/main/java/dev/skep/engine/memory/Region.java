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
    /** Bytes from the start of the first element to the end of the last. */
    public long size() {
        return stride * (count - 1) + elementSize;
    }

    /** True if {@code length} bytes from {@code at} lie inside one element. */
    public boolean contains(long at, long length) {
        long offset = at - address;
        if (offset < 0 || offset >= stride * count) {
            return false;
        }
        return offset % stride + length <= elementSize;
    }
}
