package dev.skep.cli.run;

import dev.skep.engine.capture.CaptureInterface;
import dev.skep.engine.capture.CaptureReader;
import dev.skep.engine.capture.LinkType;
import dev.skep.engine.capture.PacketNote;
import dev.skep.engine.capture.PcapngWriter;
import dev.skep.object.program.ProgramType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What {@code --out} writes: every packet as the program left it, with the verdict as its comment (and, for XDP and TC, in the field
 * pcapng has for it). A dropped packet is there too, so that one sees what was dropped; a filter on verdicts leaves packets out.
 */
final class CaptureOutput implements AutoCloseable {
    private static final int MAX_REMEMBERED_NOTES = 4096;

    private final PcapngWriter writer;
    private final ProgramType type;
    private final Set<String> verdicts;
    private final Map<CaptureInterface, Integer> interfaces = new HashMap<>();
    private final Map<Integer, PacketNote> notes = new HashMap<>();

    /** @param verdicts names of the verdicts whose packets are written; all if empty */
    CaptureOutput(OutputStream stream, ProgramType type, Set<String> verdicts) throws IOException {
        writer = new PcapngWriter(stream, "skep run");
        this.type = type;
        this.verdicts = verdicts;
    }

    /**
     * Writes the reader's current packet as it came out.
     *
     * @param growth how many bytes longer the program made it
     */
    void write(CaptureReader reader, Verdict verdict, int returnValue, byte[] packet, int length, int growth)
            throws IOException {
        if (!verdicts.isEmpty() && !verdicts.contains(verdict.name())) {
            return;
        }
        int onWire = Math.max(length, reader.originalLength() + growth);
        int kept = type == ProgramType.SOCKET_FILTER && returnValue != 0 ? capped(returnValue, length) : length;
        writer.write(
                index(reader.packetInterface()),
                reader.timestampNanos(),
                packet,
                0,
                kept,
                onWire,
                note(verdict, returnValue));
    }

    /** A socket filter's answer is how many bytes the socket gets, as an unsigned number. */
    private static int capped(int returnValue, int length) {
        return Integer.compareUnsigned(returnValue, length) < 0 ? returnValue : length;
    }

    private int index(CaptureInterface from) throws IOException {
        Integer known = interfaces.get(from);
        if (known != null) {
            return known;
        }
        // Programs see, and leave, Ethernet frames; growing may exceed what a snap length allowed.
        int index = writer.addInterface(new CaptureInterface(LinkType.ETHERNET, 0, from.name()), "");
        interfaces.put(from, index);
        return index;
    }

    private PacketNote note(Verdict verdict, int returnValue) {
        PacketNote note = notes.get(returnValue);
        if (note == null) {
            note = newNote(verdict, returnValue);
            if (notes.size() < MAX_REMEMBERED_NOTES) {
                notes.put(returnValue, note);
            }
        }
        return note;
    }

    private PacketNote newNote(Verdict verdict, int returnValue) {
        return switch (type) {
            case XDP ->
                PacketNote.comment(verdict.name())
                        .verdict(PacketNote.VerdictKind.XDP, Integer.toUnsignedLong(returnValue));
            case SCHED_CLS, SCHED_ACT ->
                PacketNote.comment(verdict.name()).verdict(PacketNote.VerdictKind.TC, returnValue);
            case SOCKET_FILTER ->
                PacketNote.comment(
                        returnValue == 0
                                ? verdict.name()
                                : verdict.name() + " (" + Integer.toUnsignedString(returnValue) + " bytes)");
            default -> PacketNote.comment(verdict.name());
        };
    }

    @Override
    public void close() throws IOException {
        // A capture without packets still has an interface, without which some tools refuse it.
        if (interfaces.isEmpty()) {
            writer.addInterface(CaptureInterface.of(LinkType.ETHERNET), "");
        }
        writer.close();
    }
}
