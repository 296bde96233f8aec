package dev.skep.trace.record;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** Reads a recording, believing nothing of it. */
final class RecordingReader {
    /** The largest entry is a kernel's BTF. */
    private static final int MOST_BYTES = 64 << 20;

    private final Location where;

    RecordingReader(String name) {
        this.where = Location.in(name);
    }

    List<Entry> read(InputStream stream) throws IOException {
        byte[] start = stream.readNBytes(RecordingWriter.MAGIC.length + 1);
        if (start.length <= RecordingWriter.MAGIC.length
                || !Arrays.equals(start, 0, RecordingWriter.MAGIC.length, RecordingWriter.MAGIC, 0, start.length - 1)) {
            throw new InputException(where, "this is no recording", "give a file that skep trace --record has written");
        }
        int version = start[start.length - 1];
        if (version != RecordingWriter.VERSION) {
            throw new InputException(
                    where,
                    "the recording has version " + version + " of the format, and this Skep reads "
                            + RecordingWriter.VERSION,
                    "record it again");
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(new InflaterInputStream(stream)))) {
            return entries(in);
        } catch (EOFException e) {
            throw wrong("the recording ends in the middle: who recorded it was killed, or the file was cut");
        } catch (ZipException e) {
            throw wrong("the recording cannot be decompressed: " + e.getMessage());
        }
    }

    private InputException wrong(String problem) {
        return new InputException(where, problem, "record it again");
    }

    private List<Entry> entries(DataInputStream in) throws IOException {
        List<Entry> entries = new ArrayList<>();
        while (true) {
            int kind = in.readUnsignedByte();
            int length = in.readInt();
            if (length < 0 || length > MOST_BYTES) {
                throw wrong("an entry has " + Integer.toUnsignedLong(length) + " bytes, more than " + MOST_BYTES);
            }
            byte[] content = in.readNBytes(length);
            if (content.length < length) {
                throw new EOFException();
            }
            Entry entry = EntryCode.unpack(kind, new Unpacker(content, where));
            entries.add(entry);
            if (entry instanceof Entry.End end) {
                check(entries, end);
                return entries;
            }
        }
    }

    private void check(List<Entry> entries, Entry.End end) {
        long there = entries.stream().filter(Entry.Happening.class::isInstance).count();
        if (there != end.happenings()) {
            throw wrong(
                    "the recording should have " + end.happenings() + " entries of what happened, and has " + there);
        }
        if (entries.stream().filter(Entry.Origin.class::isInstance).count() != 1) {
            throw wrong("a recording says once which script it is of, and this one does not");
        }
    }
}
