package dev.skep.object.btf;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Writes a {@code .BTF.ext} section whose strings go into a {@code .BTF} section being written. */
final class BtfExtWriter {
    private static final int HEADER_LENGTH = 32;
    private static final int MAXIMUM_LINE = 0x3fffff;
    private static final int MAXIMUM_COLUMN = 0x3ff;

    private final BtfWriter strings;
    private final WordBuffer words = new WordBuffer();

    BtfExtWriter(BtfWriter strings) {
        this.strings = strings;
    }

    /** The section; an empty list of records gives an empty part, without even a record size. */
    byte[] write(BtfExt ext) {
        words.add(Preamble.MAGIC | 1 << 16);
        words.add(HEADER_LENGTH);
        for (int i = 8; i < HEADER_LENGTH; i += 4) {
            words.add(0);
        }
        part(8, BtfExtReader.FUNCTION_BYTES, ext.functions(), BtfExt.FunctionInfo::section, this::function);
        part(16, BtfExtReader.LINE_BYTES, ext.lines(), BtfExt.LineInfo::section, this::line);
        part(
                24,
                BtfExtReader.RELOCATION_BYTES,
                ext.coreRelocations(),
                BtfExt.CoreRelocation::section,
                this::relocation);
        return words.toByteArray();
    }

    private <R> void part(
            int headerField, int recordBytes, List<R> records, Function<R, String> section, Consumer<R> write) {
        int start = words.length();
        if (!records.isEmpty()) {
            words.add(recordBytes);
        }
        int from = 0;
        while (from < records.size()) {
            String name = section.apply(records.get(from));
            int to = from + 1;
            while (to < records.size() && section.apply(records.get(to)).equals(name)) {
                to++;
            }
            words.add(strings.string(name));
            words.add(to - from);
            records.subList(from, to).forEach(write);
            from = to;
        }
        words.set(headerField, start - HEADER_LENGTH);
        words.set(headerField + 4, words.length() - start);
    }

    private void function(BtfExt.FunctionInfo info) {
        words.add(info.offset());
        words.add(info.typeId());
    }

    private void line(BtfExt.LineInfo info) {
        if (info.line() < 0 || info.line() > MAXIMUM_LINE || info.column() < 0 || info.column() > MAXIMUM_COLUMN) {
            throw new IllegalArgumentException("line " + info.line() + " column " + info.column() + " of " + info.file()
                    + " does not fit into struct bpf_line_info");
        }
        words.add(info.offset());
        words.add(strings.string(info.file()));
        words.add(strings.string(info.text()));
        words.add(info.line() << 10 | info.column());
    }

    private void relocation(BtfExt.CoreRelocation relocation) {
        words.add(relocation.offset());
        words.add(relocation.typeId());
        words.add(strings.string(relocation.access()));
        words.add(relocation.kind().ordinal());
    }
}
