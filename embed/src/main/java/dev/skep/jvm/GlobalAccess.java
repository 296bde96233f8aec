package dev.skep.jvm;

/** What reading and writing a static field that is a global is compiled to when its class is loaded for the JVM. */
public final class GlobalAccess {
    private GlobalAccess() {}

    /** Reads a number of up to four bytes. @param owner internal name of the class that declares it */
    public static int readInt(String owner, String field) {
        return (int) JavaRun.current().global(owner, field);
    }

    /** Reads a {@code long}. */
    public static long readLong(String owner, String field) {
        return JavaRun.current().global(owner, field);
    }

    /** The struct or array in a {@code static final} field. @param type its class */
    public static Object struct(String owner, String field, Class<?> type) {
        return JavaRun.current().globalStruct(owner, field, type);
    }

    /** Writes a number of up to four bytes. */
    public static void writeInt(int value, String owner, String field) {
        JavaRun.current().writeGlobal(owner, field, value);
    }

    /** Writes a {@code long}. */
    public static void writeLong(long value, String owner, String field) {
        JavaRun.current().writeGlobal(owner, field, value);
    }
}
