package dev.skep.jvm;

/** What reading and writing a struct's field is compiled to when its class is loaded for the JVM. */
public final class FieldAccess {
    private FieldAccess() {}

    /** Reads a field of up to four bytes. @param offset in bytes from the struct's start */
    public static int readInt(Located struct, int offset, int size, boolean signed, boolean bigEndian) {
        Place place = struct.place$().plus(offset);
        JavaRun.current().checkRead(place, size);
        return (int) MemoryNumber.read(place.memory(), place.address(), size, signed, bigEndian);
    }

    /** Reads a field of eight bytes. */
    public static long readLong(Located struct, int offset, boolean bigEndian) {
        Place place = struct.place$().plus(offset);
        JavaRun.current().checkRead(place, Long.BYTES);
        return MemoryNumber.read(place.memory(), place.address(), Long.BYTES, true, bigEndian);
    }

    /** Writes a field of up to four bytes. */
    public static void writeInt(Located struct, int value, int offset, int size, boolean bigEndian) {
        Place place = struct.place$().plus(offset);
        JavaRun.current().checkWrite(place, size);
        MemoryNumber.write(place.memory(), place.address(), size, bigEndian, value);
    }

    /** Writes a field of eight bytes. */
    public static void writeLong(Located struct, long value, int offset, boolean bigEndian) {
        Place place = struct.place$().plus(offset);
        JavaRun.current().checkWrite(place, Long.BYTES);
        MemoryNumber.write(place.memory(), place.address(), Long.BYTES, bigEndian, value);
    }

    /** Reads a field that is an enum, the ordinal of a constant. @throws ArrayIndexOutOfBoundsException if there is none */
    public static Object readEnum(Located struct, int offset, Class<?> type) {
        return type.getEnumConstants()[readInt(struct, offset, Integer.BYTES, true, false)];
    }

    /** Writes a field that is an enum. */
    public static void writeEnum(Located struct, Enum<?> constant, int offset) {
        writeInt(struct, constant.ordinal(), offset, Integer.BYTES, false);
    }

    /**
     * Reads a field that lies inside: an array, or another struct.
     *
     * @param owner internal name of the struct's class
     * @param type what the field is declared as
     */
    public static Object inside(Located struct, String owner, String field, Class<?> type) {
        return JavaRun.current().inside(struct, owner, field, type);
    }

    /**
     * Fills a field that lies inside, as a constructor does.
     *
     * @param content an array of the field's length, or another struct of the field's class
     * @param owner internal name of the struct's class
     */
    public static void fill(Located struct, Object content, String owner, String field) {
        JavaRun.current().fill(struct, content, owner, field);
    }

    /**
     * A zeroed place for a struct made with {@code new}. One that a class initializer makes ends with the run that it belongs to: in
     * its stead programs use the global.
     */
    public static Place newPlace(Object struct) {
        return JavaRun.current().newPlace(struct.getClass());
    }

    /** What a debugger shows of a struct: its fields. */
    public static String describe(Located struct) {
        return JavaRun.isRunning() ? StructText.of(struct) : struct.getClass().getSimpleName();
    }
}
