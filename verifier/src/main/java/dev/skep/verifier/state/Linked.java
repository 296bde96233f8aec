package dev.skep.verifier.state;

/** Places that hold copies of one number, each packed into an {@code int}: the frame, and a register or a stack slot. */
public final class Linked {
    private static final int IS_SLOT = 1 << 8;

    private Linked() {}

    public static int register(int frame, int number) {
        return frame << 16 | number;
    }

    public static int slot(int frame, int index) {
        return frame << 16 | IS_SLOT | index;
    }

    public static int frameOf(int place) {
        return place >>> 16;
    }

    public static boolean isSlot(int place) {
        return (place & IS_SLOT) != 0;
    }

    public static int indexOf(int place) {
        return place & 0xff;
    }
}
