package dev.skep.lang.kernel;

import dev.skep.lang.NotInJavaException;
import dev.skep.lang.Struct;

/** Questions about the kernel that a program is loaded into, and reading of its memory. */
public final class Kernel {
    private Kernel() {}

    /** What lies at an address of the kernel. @param type a class literal */
    public static <T extends KernelStruct> T at(long address, Class<T> type) {
        throw new NotInJavaException("at");
    }

    /**
     * The task that runs: its {@code task_struct}, which the program may read directly and pass to helpers. For programs that trace.
     * Since Linux 5.11.
     *
     * @param type a class literal
     */
    public static <T extends KernelStruct> T currentTask(Class<T> type) {
        throw new NotInJavaException("currentTask");
    }

    /**
     * True if a structure has a field in the kernel that the program is loaded into; code that this rules out may read it all the same.
     *
     * @param type a class literal @param field the name of a field of that class, a literal
     */
    public static boolean has(Class<? extends KernelStruct> type, String field) {
        throw new NotInJavaException("has");
    }

    /** True if the kernel that the program is loaded into has a structure at all. @param type a class literal */
    public static boolean has(Class<? extends KernelStruct> type) {
        throw new NotInJavaException("has");
    }

    /**
     * True if the kernel that the program is loaded into has a function; code that this rules out may call it all the same. False on
     * the JVM and in the embedded engine, which have none.
     *
     * @param declaring the class with the method that is annotated with {@link KernelFunction}, a literal
     * @param name the function's, a literal
     */
    public static boolean hasFunction(Class<?> declaring, String name) {
        return false;
    }

    /** The bytes that a structure has in the kernel that the program is loaded into. @param type a class literal */
    public static int sizeOf(Class<? extends KernelStruct> type) {
        throw new NotInJavaException("sizeOf");
    }

    /**
     * True if an enumeration has an enumerator in the kernel that the program is loaded into.
     *
     * @param enumeration its name, a literal: {@code "bpf_map_type"}
     * @param enumerator its name, a literal: {@code "BPF_MAP_TYPE_ARENA"}
     */
    public static boolean hasValue(String enumeration, String enumerator) {
        throw new NotInJavaException("hasValue");
    }

    /**
     * What an enumerator is in the kernel that the program is loaded into. If there is none, a program that can reach the question is
     * refused; ask {@link #hasValue} before.
     *
     * @param enumeration its name, a literal @param enumerator its name, a literal
     */
    public static int value(String enumeration, String enumerator) {
        throw new NotInJavaException("value");
    }

    /**
     * Copies an array of the kernel into one of the program's own, as far as both reach.
     *
     * @return 0, or a negative error number
     */
    public static int copy(byte[] target, byte[] source) {
        throw new NotInJavaException("copy");
    }

    /**
     * The same structure as another: {@code tcp_sock} as the {@code inet_connection_sock} that it starts with.
     *
     * @param type a class literal
     */
    public static <T extends KernelStruct> T cast(KernelStruct struct, Class<T> type) {
        throw new NotInJavaException("cast");
    }

    /**
     * An array in a structure of the kernel as a struct of the program's own, which is no larger: {@code icsk_ca_priv}, where a
     * congestion control keeps what it knows of a connection.
     *
     * @param type a class literal
     */
    public static <T extends Struct> T view(long[] array, Class<T> type) {
        throw new NotInJavaException("view");
    }
}
