package dev.skep.object.btf;

/**
 * Where the bytes of a large BTF section are, if not in an array: a mapped file, for example. The bytes never change. Called by
 * several threads at once.
 */
public interface ByteSource {
    /** Bytes in all. */
    int length();

    /** Copies {@code length} bytes from {@code offset} on, which are all there, to {@code target} from index {@code at} on. */
    void copy(int offset, byte[] target, int at, int length);
}
