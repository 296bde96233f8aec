package dev.skep.compiler.ir;

/** Bytes of a function's frame. Two slots that are not needed at the same time may share their place. */
public final class StackSlot {
    private final String name;
    private final int size;
    private final int alignment;

    /**
     * A slot of a frame.
     *
     * @param name for listings
     * @param size in bytes, from 1 on
     * @param alignment a power of two up to 8
     */
    public StackSlot(String name, int size, int alignment) {
        if (size < 1 || Integer.bitCount(alignment) != 1 || alignment > 8) {
            throw new IllegalArgumentException("no stack slot has " + size + " bytes aligned to " + alignment);
        }
        this.name = name;
        this.size = size;
        this.alignment = alignment;
    }

    public String name() {
        return name;
    }

    public int size() {
        return size;
    }

    public int alignment() {
        return alignment;
    }
}
