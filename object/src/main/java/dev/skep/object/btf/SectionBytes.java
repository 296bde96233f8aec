package dev.skep.object.btf;

/** The bytes of a section, wherever they are: all in an array, or fetched page by page. Offsets count from the section's start. */
sealed interface SectionBytes permits ArrayBytes, PagedBytes {
    int length();

    /** The byte at {@code offset}. */
    byte at(int offset);

    /** The little-endian word at {@code offset}. */
    int word(int offset);

    /** Where the string that starts at {@code start} has its NUL, which is there. */
    int endOfString(int start);

    /** Whether {@code text} and then a NUL stand at {@code start}; what stands there ends with a NUL. */
    boolean matches(int start, byte[] text);

    /** A copy of the bytes from {@code from} (inclusive) to {@code to} (exclusive). */
    byte[] copy(int from, int to);

    /** A walk over the bytes from the beginning to the end. */
    ByteWalk walk();
}
