package dev.skep.compiler.java;

/** How a program gets at structures of the kernel that it has a pointer to. */
enum KernelAccess {
    /** By a helper: the verifier does not know what the pointer leads to. */
    BY_HELPER,
    /** Reading directly: the verifier knows the types of the program's arguments. */
    READING,
    /** Reading, and writing what the kernel allows. */
    READING_AND_WRITING
}
