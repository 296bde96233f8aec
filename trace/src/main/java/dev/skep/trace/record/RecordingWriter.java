package dev.skep.trace.record;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.DeflaterOutputStream;

/** Writes a recording as things happen. A fact that is written already is not written again. Thread-safe. */
public final class RecordingWriter implements AutoCloseable {
    static final byte[] MAGIC = "SKEPREC\n".getBytes(StandardCharsets.US_ASCII);
    static final int VERSION = 1;

    private final DataOutputStream out;
    private final Set<Entry.Fact> facts = new HashSet<>();
    private long happenings;
    private boolean ended;

    /** @param out gets the file; it is closed with this */
    public RecordingWriter(OutputStream out) {
        try {
            out.write(MAGIC);
            out.write(VERSION);
        } catch (IOException e) {
            throw new UncheckedIOException("writing a recording", e);
        }
        this.out = new DataOutputStream(new BufferedOutputStream(new DeflaterOutputStream(out)));
    }

    /** Writes an entry. @throws UncheckedIOException if that fails */
    public synchronized void write(Entry entry) {
        if (ended || (entry instanceof Entry.Fact fact && !facts.add(fact))) {
            return;
        }
        if (entry instanceof Entry.Happening) {
            happenings++;
        }
        byte[] content = EntryCode.pack(entry);
        try {
            out.writeByte(EntryCode.kind(entry));
            out.writeInt(content.length);
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException("writing a recording", e);
        }
    }

    /** The last entry; what comes later is not part of the recording. @param lost how many happenings found no room */
    public synchronized void end(long lost) {
        write(new Entry.End(happenings, lost));
        ended = true;
    }

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException("writing a recording", e);
        }
    }
}
