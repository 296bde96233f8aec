package dev.skep.linux.bpf;

/**
 * A member of a kernel structure.
 *
 * @param name as in the header @param offset in bytes from the structure's start
 * @param size in bytes: 4 or 8 for numbers and pointers, any for text and bytes
 */
public record Field(String name, int offset, int size) {
    /** {@code __u32} or {@code __s32}. */
    public static Field u32(String name, int offset) {
        return new Field(name, offset, 4);
    }

    /** {@code __u64} or {@code __aligned_u64}. */
    public static Field u64(String name, int offset) {
        return new Field(name, offset, 8);
    }

    /** {@code char[size]}. */
    public static Field text(String name, int offset, int size) {
        return new Field(name, offset, size);
    }

    /** {@code __u8[size]}. */
    public static Field bytes(String name, int offset, int size) {
        return new Field(name, offset, size);
    }

    /** The first byte behind it. */
    public int end() {
        return offset + size;
    }
}
