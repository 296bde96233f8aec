package dev.skep.object.btf;

import org.jspecify.annotations.Nullable;

/**
 * Shows a section's bytes part after part, each in an array, for loops that go over all of them: arrays are fast even before HotSpot has
 * compiled anything. A section that is an array is one part.
 */
final class ByteWalk {
    private static final int PART = 32 * 1024;

    private final @Nullable ByteSource source;
    private final byte[] bytes;
    private final int length;
    private int start;
    private int end;

    private ByteWalk(@Nullable ByteSource source, byte[] bytes, int length, int end) {
        this.source = source;
        this.bytes = bytes;
        this.length = length;
        this.end = end;
    }

    static ByteWalk over(byte[] bytes) {
        return new ByteWalk(null, bytes, bytes.length, bytes.length);
    }

    static ByteWalk through(ByteSource source) {
        return new ByteWalk(source, new byte[Math.min(PART, source.length())], source.length(), 0);
    }

    /** The part: the byte at {@code offset} of the section is at {@code offset - start()}. */
    byte[] bytes() {
        return bytes;
    }

    /** The section's offset that the part begins with. */
    int start() {
        return start;
    }

    /** The section's offset that it ends before. */
    int end() {
        return end;
    }

    /** Goes on to the part that begins with {@code offset}, if this one ends before {@code offset + wanted} and is not the last. */
    void moveTo(int offset, int wanted) {
        if (source != null && (offset < start || (offset + wanted > end && end < length))) {
            int part = Math.min(bytes.length, length - offset);
            source.copy(offset, bytes, 0, part);
            start = offset;
            end = offset + part;
        }
    }
}
