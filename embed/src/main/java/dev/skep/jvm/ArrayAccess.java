package dev.skep.jvm;

/**
 * What reading and writing an array's element is compiled to when a class is loaded for the JVM: an array that lies in a struct is a
 * copy, and its elements are those in memory.
 */
public final class ArrayAccess {
    private ArrayAccess() {}

    /** {@code baload}: of {@code byte[]} and {@code boolean[]}. */
    public static int loadByte(Object array, int index) {
        if (array instanceof boolean[] truths) {
            return (int) JavaRun.element(array, index, truths[index] ? 1 : 0);
        }
        return (int) JavaRun.element(array, index, ((byte[]) array)[index]);
    }

    /** {@code saload}. */
    public static int loadShort(short[] array, int index) {
        return (int) JavaRun.element(array, index, array[index]);
    }

    /** {@code caload}. */
    public static int loadChar(char[] array, int index) {
        return (int) JavaRun.element(array, index, array[index]);
    }

    /** {@code iaload}. */
    public static int loadInt(int[] array, int index) {
        return (int) JavaRun.element(array, index, array[index]);
    }

    /** {@code laload}. */
    public static long loadLong(long[] array, int index) {
        return JavaRun.element(array, index, array[index]);
    }

    /** {@code bastore}: of {@code byte[]} and {@code boolean[]}. */
    public static void storeByte(Object array, int index, int value) {
        if (array instanceof boolean[] truths) {
            truths[index] = (value & 1) != 0;
        } else {
            ((byte[]) array)[index] = (byte) value;
        }
        JavaRun.elementWritten(array, index, value);
    }

    /** {@code sastore}. */
    public static void storeShort(short[] array, int index, int value) {
        array[index] = (short) value;
        JavaRun.elementWritten(array, index, value);
    }

    /** {@code castore}. */
    public static void storeChar(char[] array, int index, int value) {
        array[index] = (char) value;
        JavaRun.elementWritten(array, index, value);
    }

    /** {@code iastore}. */
    public static void storeInt(int[] array, int index, int value) {
        array[index] = value;
        JavaRun.elementWritten(array, index, value);
    }

    /** {@code lastore}. */
    public static void storeLong(long[] array, int index, long value) {
        array[index] = value;
        JavaRun.elementWritten(array, index, value);
    }
}
