package dev.skep.object.btf;

import java.util.Arrays;

/**
 * Looks for the types of a section with one name. In an array each type's name is compared. Where bytes have to be fetched, jumping to
 * and fro between types and names would fetch them all: there the name is first looked for in the strings, then the types for its
 * offset, each from the beginning to the end.
 */
final class NameScan {
    /** Types or bytes looked at in one call: see {@link TypeIndexer} for why. */
    private static final int CHUNK = 64;

    private final int[] typeOffsets;
    private final int stringStart;
    private final int stringEnd;
    private final byte[] text;
    private int[] found = new int[CHUNK];
    private int count;

    /** @param text not empty, without NUL */
    NameScan(int[] typeOffsets, int stringStart, int stringEnd, byte[] text) {
        this.typeOffsets = typeOffsets;
        this.stringStart = stringStart;
        this.stringEnd = stringEnd;
        this.text = text;
    }

    /** @return indexes of types, from 0, ascending */
    int[] find(SectionBytes bytes) {
        if (bytes instanceof ArrayBytes(byte[] array)) {
            for (int type = 0; type < typeOffsets.length; type += CHUNK) {
                makeRoom();
                compareNames(array, type, Math.min(type + CHUNK, typeOffsets.length));
            }
            return Arrays.copyOf(found, count);
        }
        int[] names = names(bytes.walk());
        ByteWalk walk = bytes.walk();
        for (int type = 0; type < typeOffsets.length && names.length > 0; ) {
            makeRoom();
            walk.moveTo(typeOffsets[type], Integer.BYTES);
            type = compareOffsets(walk, type, Math.min(type + CHUNK, typeOffsets.length), names);
        }
        return Arrays.copyOf(found, count);
    }

    private void makeRoom() {
        if (found.length - count < CHUNK) {
            found = Arrays.copyOf(found, found.length * 2);
        }
    }

    private void compareNames(byte[] bytes, int from, int to) {
        byte first = text[0];
        for (int type = from; type < to; type++) {
            int name = stringStart + LittleEndian.word(bytes, typeOffsets[type]);
            if (bytes[name] == first && stands(bytes, name)) {
                found[count++] = type;
            }
        }
    }

    /** Whether the text and a NUL stand there; the strings end with a NUL, which ends the comparison too. */
    private boolean stands(byte[] bytes, int at) {
        for (int i = 0; i < text.length; i++) {
            if (bytes[at + i] != text[i]) {
                return false;
            }
        }
        return bytes[at + text.length] == 0;
    }

    /**
     * Where in the strings the text ends one: once in what a kernel has; more often if it is the end of longer ones, too. Horspool's
     * search: the byte where the text's NUL would stand says how far the next place is at which it could.
     */
    private int[] names(ByteWalk walk) {
        int[] steps = steps();
        for (int at = stringStart; at + text.length < stringEnd; ) {
            makeRoom();
            walk.moveTo(at, text.length + 1);
            at = search(walk, at, steps);
        }
        int[] names = Arrays.copyOf(found, count);
        count = 0;
        return names;
    }

    /** By the byte at the end: how far its last place in the text is from the end, or all of the text and its NUL. */
    private int[] steps() {
        int[] steps = new int[1 << Byte.SIZE];
        Arrays.fill(steps, text.length + 1);
        for (int i = 0; i < text.length; i++) {
            steps[text[i] & 0xff] = text.length - i;
        }
        return steps;
    }

    /** @return the next place, not looked at yet or not shown */
    private int search(ByteWalk walk, int from, int[] steps) {
        byte[] bytes = walk.bytes();
        int shift = walk.start();
        int shown = Math.min(walk.end(), stringEnd) - shift;
        int end = from - shift + text.length;
        for (int looks = 0; looks < CHUNK && end < shown; looks++) {
            byte last = bytes[end];
            if (last == 0 && stands(bytes, end - text.length)) {
                found[count++] = end - text.length + shift - stringStart;
            }
            end += steps[last & 0xff];
        }
        return end - text.length + shift;
    }

    /** @return the first type that was not looked at, as it is not shown */
    private int compareOffsets(ByteWalk walk, int from, int to, int[] names) {
        byte[] bytes = walk.bytes();
        int shift = walk.start();
        int shown = walk.end() - Integer.BYTES;
        for (int type = from; type < to; type++) {
            int at = typeOffsets[type];
            if (at > shown) {
                return type;
            }
            int name = LittleEndian.word(bytes, at - shift);
            if (names.length == 1 ? name == names[0] : Arrays.binarySearch(names, name) >= 0) {
                found[count++] = type;
            }
        }
        return to;
    }
}
