package dev.skep.object.link;

import dev.skep.object.Bytes;
import dev.skep.object.elf.Elf64;
import dev.skep.object.elf.Relocation;
import dev.skep.object.elf.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A section of the result while it grows: the sections of the same name, one behind the other, aligned. */
final class OutputSection {
    final Section first;
    /** The object whose section gave this one its type and flags. */
    final LinkUnit firstUnit;

    /** Relocations by number of symbol in the result. */
    final List<Relocation> relocations = new ArrayList<>();

    private long alignment = 1;
    private long size;
    private byte[] content = new byte[0];

    OutputSection(Section first, LinkUnit firstUnit) {
        this.first = first;
        this.firstUnit = firstUnit;
    }

    /** Where {@code section} would start if it were appended. */
    long startOf(Section section) {
        long strictest = Math.max(alignment, section.alignment());
        return Math.ceilDiv(size, strictest) * strictest;
    }

    /** Appends a section's bytes; the section must not become larger than {@code int}. */
    void append(Section section) {
        long start = startOf(section);
        alignment = Math.max(alignment, section.alignment());
        size = start + section.size();
        if (section.type() != Elf64.SHT_NOBITS) {
            if (size > content.length) {
                long room = Math.min(Math.max(size, 2L * content.length), Integer.MAX_VALUE - 8);
                content = Arrays.copyOf(content, (int) Math.max(size, room));
            }
            section.content().copyTo(content, (int) start);
        }
    }

    String name() {
        return first.name();
    }

    long alignment() {
        return alignment;
    }

    long size() {
        return size;
    }

    Bytes bytes() {
        return first.type() == Elf64.SHT_NOBITS ? Bytes.EMPTY : Bytes.of(content, 0, (int) size);
    }

    boolean holds(Bytes other) {
        return bytes().equals(other);
    }

    /** Adds {@code more} to the 4-byte number at {@code at}. */
    void addInt(long at, long more) {
        add(at, 4, more);
    }

    /** Adds {@code more} to the 8-byte number at {@code at}. */
    void addLong(long at, long more) {
        add(at, 8, more);
    }

    private void add(long at, int bytes, long more) {
        long carry = more;
        for (int i = 0; i < bytes; i++) {
            long sum = (content[(int) at + i] & 0xff) + (carry & 0xff);
            content[(int) at + i] = (byte) sum;
            carry = (carry >> 8) + (sum >> 8);
        }
    }

    int byteAt(long at) {
        return content[(int) at] & 0xff;
    }
}
