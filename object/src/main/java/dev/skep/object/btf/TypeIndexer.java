package dev.skep.object.btf;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.util.Arrays;

/**
 * Finds where each type of a section starts, and checks on the way that its kind is known, its name is within the strings
 * and all its bytes are there.
 *
 * <p>This is the one loop over all of the kernel's types that everybody has to wait for, usually in a JVM that has just
 * started. HotSpot compiles a method after a few hundred calls but takes long to replace a loop that is already running, so
 * the loop comes in chunks: 4 ms instead of 10 for 127,000 types.
 */
final class TypeIndexer {
    private static final int CHUNK = 50;

    /** Bytes of a type, about what they are in a kernel, to guess the number of types by. */
    private static final int TYPICAL_LENGTH = 24;

    /** By kind: bytes of a type without its entries; 0 for kinds that do not exist. */
    private static final int[] FIXED_BYTES = new int[32];

    /** By kind: bytes of an entry. */
    private static final int[] ENTRY_BYTES = new int[32];

    static {
        for (BtfKind kind : BtfKind.values()) {
            FIXED_BYTES[kind.ordinal()] = BtfSection.TYPE_LENGTH + kind.trailerBytes();
            ENTRY_BYTES[kind.ordinal()] = kind.entryBytes();
        }
        FIXED_BYTES[0] = 0;
    }

    private final ByteWalk walk;
    private final int end;
    private final long stringLimit;
    private final Location where;
    private int[] offsets;
    private int count;
    private int offset;

    /**
     * @param start offset of the first type
     * @param end offset after the last type, within the section
     * @param stringLimit names are below this offset
     */
    TypeIndexer(ByteWalk walk, int start, int end, long stringLimit, Location where) {
        this.walk = walk;
        this.offset = start;
        this.end = end;
        this.stringLimit = stringLimit;
        this.where = where;
        this.offsets = new int[(end - start) / TYPICAL_LENGTH + CHUNK];
    }

    /** @return the offset of each type, in order of their ids */
    int[] run() {
        while (offset < end) {
            if (offsets.length - count < CHUNK) {
                offsets = Arrays.copyOf(offsets, count + (count >> 1) + CHUNK);
            }
            walk.moveTo(offset, BtfSection.TYPE_LENGTH);
            int before = count;
            indexChunk();
            if (count == before) {
                throw describeProblem();
            }
        }
        return Arrays.copyOf(offsets, count);
    }

    /** Takes up to {@link #CHUNK} types of those shown, none if the first is wrong. */
    private void indexChunk() {
        byte[] from = walk.bytes();
        int shift = walk.start();
        int shown = Math.min(end, walk.end());
        int at = offset;
        int type = count;
        int last = type + CHUNK;
        while (type < last && shown - at >= BtfSection.TYPE_LENGTH) {
            int here = at - shift;
            int kind = from[here + 7] & 0x1f;
            int entries = (from[here + 4] & 0xff) | (from[here + 5] & 0xff) << 8;
            int length = FIXED_BYTES[kind] + ENTRY_BYTES[kind] * entries;
            long name = LittleEndian.word(from, here) & 0xffffffffL;
            if (length == 0 || length > end - at || name >= stringLimit) {
                break;
            }
            offsets[type++] = at;
            at += length;
        }
        count = type;
        offset = at;
    }

    private InputException describeProblem() {
        String type = "BTF type " + (count + 1) + " ";
        int kind = end - offset < BtfSection.TYPE_LENGTH
                ? BtfKind.INT.ordinal()
                : walk.bytes()[offset - walk.start() + 7] & 0x1f;
        if (FIXED_BYTES[kind] == 0) {
            return new InputException(
                    where.at(offset),
                    type + "has unknown kind " + kind,
                    kind == 0 ? "" : "this BTF may need a newer version of Skep");
        }
        if (end - offset >= BtfSection.TYPE_LENGTH
                && Integer.toUnsignedLong(LittleEndian.word(walk.bytes(), offset - walk.start())) >= stringLimit) {
            return new InputException(where.at(offset), type + "has a name outside the strings", "");
        }
        return new InputException(where.at(offset), type + "runs past the end of the types", "is the file cut short?");
    }
}
