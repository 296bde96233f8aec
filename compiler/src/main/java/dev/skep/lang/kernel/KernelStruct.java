package dev.skep.lang.kernel;

/**
 * A structure of the kernel. A subclass is named as the kernel names it, by {@code @KernelName} if need be, and has those of its fields
 * that programs read: numbers, arrays of numbers with {@code @Length}, pointers to other structures of the kernel, with {@code @Inside}
 * such structures themselves, and with {@code @Address} other pointers. Reading a field by way of {@code null}, or of memory that is gone, gives 0.
 */
public abstract class KernelStruct {
    /** For subclasses, which are declared but never made. */
    protected KernelStruct() {}
}
