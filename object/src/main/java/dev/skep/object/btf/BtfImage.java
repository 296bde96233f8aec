package dev.skep.object.btf;

/**
 * Types on their way into a kernel: the bytes of {@code .BTF}, with further strings that records outside of it refer to, such as
 * {@code struct bpf_line_info} of a program being loaded.
 */
public final class BtfImage {
    private final Btf btf;
    private final StringTable strings;

    /**
     * The types of {@code btf}, their ids unchanged.
     *
     * @throws IllegalArgumentException if it is split: the kernel takes none from programs
     */
    public BtfImage(Btf btf) {
        if (btf.base().isPresent()) {
            throw new IllegalArgumentException("split BTF is for modules");
        }
        this.btf = btf;
        this.strings = new StringTable(btf);
    }

    /** The offset of a string, which is added if it is new. @throws IllegalArgumentException if it contains a NUL */
    public int stringOffset(String text) {
        return strings.offset(text);
    }

    /** The section with all strings asked for so far. */
    public byte[] bytes() {
        return btf.withMoreStrings(strings.toByteArray());
    }
}
