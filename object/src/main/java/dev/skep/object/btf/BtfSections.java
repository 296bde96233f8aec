package dev.skep.object.btf;

import dev.skep.object.Bytes;

/**
 * The two sections that go together into an ELF file: the strings that {@code .BTF.ext} uses lie in {@code .BTF}, so that
 * neither can be written alone.
 *
 * @param btf content of {@code .BTF}
 * @param ext content of {@code .BTF.ext}
 */
public record BtfSections(Bytes btf, Bytes ext) {

    /**
     * Writes both. The same types and records give the same bytes.
     *
     * @throws IllegalArgumentException if a line number or an instruction offset does not fit into its field
     */
    public static BtfSections write(Btf btf, BtfExt ext) {
        BtfWriter writer = btf.writer();
        byte[] extension = new BtfExtWriter(writer).write(ext);
        return new BtfSections(Bytes.of(writer.write()), Bytes.of(extension));
    }
}
