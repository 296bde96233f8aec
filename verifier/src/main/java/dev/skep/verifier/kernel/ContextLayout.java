package dev.skep.verifier.kernel;

/** The structure that a program is given, and what of it may be accessed how. */
public interface ContextLayout {
    /** The structure's name in C: {@code __sk_buff}. */
    String structure();

    /** Its size in bytes. */
    int size();

    /**
     * What an access gives.
     *
     * @param offset from the start, constant; may be negative or beyond the end
     * @param size 1, 2, 4 or 8 bytes
     */
    ContextAccess access(int offset, int size, boolean write, ProgramKind program);
}
