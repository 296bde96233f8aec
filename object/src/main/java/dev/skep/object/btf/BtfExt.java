package dev.skep.object.btf;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.util.List;

/**
 * What {@code .BTF.ext} says about code (Documentation/bpf/btf.rst, section 4.2). Instruction offsets are bytes from the
 * start of the named ELF section. Strings are already looked up in the object's {@code .BTF}.
 */
public record BtfExt(List<FunctionInfo> functions, List<LineInfo> lines, List<CoreRelocation> coreRelocations) {
    /** Says nothing. */
    public static final BtfExt EMPTY = new BtfExt(List.of(), List.of(), List.of());

    public BtfExt {
        functions = List.copyOf(functions);
        lines = List.copyOf(lines);
        coreRelocations = List.copyOf(coreRelocations);
    }

    /**
     * Reads a {@code .BTF.ext} section; records longer than the fields known here are accepted, the rest of them ignored.
     *
     * @param raw the section's bytes
     * @param btf the types and strings of the same object's {@code .BTF}, as read from there: its strings are needed
     * @throws InputException naming the offset if a length, a type id, a string or a relocation kind is wrong
     * @see BtfSections#write how to write one
     */
    public static BtfExt read(byte[] raw, Btf btf, Location where) {
        return new BtfExtReader(raw, btf, where).read();
    }

    /** {@code struct bpf_func_info}: a function of type {@code typeId} starts here. */
    public record FunctionInfo(String section, int offset, int typeId) {}

    /**
     * {@code struct bpf_line_info}.
     *
     * @param file name of the source file
     * @param text the source line itself, "" if not recorded
     * @param line 1-based @param column 1-based, 0 if unknown
     */
    public record LineInfo(String section, int offset, String file, String text, int line, int column) {}

    /**
     * {@code struct bpf_core_relo}.
     *
     * @param typeId root type in the object's own BTF
     * @param access the access string, for example {@code 0:1:2}
     */
    public record CoreRelocation(String section, int offset, int typeId, String access, CoreRelocationKind kind) {}
}
