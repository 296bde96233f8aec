package dev.skep.object.btf;

/**
 * Types on their way into a kernel: the bytes of {@code .BTF}, with further strings that records outside of it refer to, such as
 * {@code struct bpf_line_info} of a program being loaded.
 */
public final class BtfImage {
    private final BtfWriter writer;

    /** The types of {@code btf}, their ids unchanged. */
    public BtfImage(Btf btf) {
        writer = btf.writer();
    }

    /** The offset of a string, which is added if it is new. @throws IllegalArgumentException if it contains a NUL */
    public int stringOffset(String text) {
        return writer.string(text);
    }

    /** The section with all strings asked for so far. */
    public byte[] bytes() {
        return writer.write();
    }
}
