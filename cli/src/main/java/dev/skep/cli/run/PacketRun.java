package dev.skep.cli.run;

import dev.skep.engine.capture.CaptureReader;
import dev.skep.object.InputException;
import dev.skep.object.host.HostException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes packets from captures to the program, counts its verdicts and hands the packets on. Memory use does not grow. */
final class PacketRun {
    private final PacketProgram program;
    private final LinkLayer link;
    private final VerdictTally tally;
    private final Optional<CaptureOutput> output;
    private final Progress progress;
    private final Map<String, Long> skipped = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();
    private byte[] packet = new byte[2048];
    private long packets;
    private long bytes;
    private long cut;
    private long tooShort;

    PacketRun(
            PacketProgram program,
            LinkLayer link,
            VerdictTally tally,
            Optional<CaptureOutput> output,
            Progress progress) {
        this.program = program;
        this.link = link;
        this.tally = tally;
        this.output = output;
        this.progress = progress;
    }

    /** How going through a capture ended. */
    enum End {
        /** At the capture's end. */
        COMPLETE,
        /** At a malformed place in it. */
        DAMAGED,
        /** At a packet on which the program's run had to be ended. */
        TRAPPED
    }

    /**
     * Runs the program on every packet of a capture. A malformed place in the capture, or a run that fails, ends it; what
     * came before counts.
     *
     * @return how it ended; if early, {@link #errors} tells the reason
     * @throws IOException if reading or writing fails
     */
    End run(CaptureReader reader) throws IOException {
        try {
            while (reader.next()) {
                runOne(reader);
            }
            return End.COMPLETE;
        } catch (InputException e) {
            failures.add(String.valueOf(e.getMessage()));
            return End.DAMAGED;
        } catch (HostException e) {
            failures.add("packet " + reader.packets() + " (offset 0x" + Long.toHexString(reader.position()) + "): "
                    + e.getMessage());
            return End.TRAPPED;
        }
    }

    private void runOne(CaptureReader reader) throws IOException {
        if (!link.load(reader)) {
            skipped.merge(reader.linkType().toString(), 1L, Long::sum);
            return;
        }
        int length = link.length();
        if (!program.takes(link.buffer(), link.offset(), length)) {
            tooShort++;
            return;
        }
        int returnValue = (int) program.run(link.buffer(), link.offset(), length);
        Verdict verdict = tally.count(returnValue, length);
        packets++;
        bytes += length;
        cut += reader.capturedLength() < reader.originalLength() ? 1 : 0;
        if (output.isPresent()) {
            int left = program.packetLength();
            if (packet.length < left) {
                packet = new byte[2 * left];
            }
            program.copyPacket(packet);
            output.get().write(reader, verdict, returnValue, packet, left, left - length);
        }
        progress.packets(packets);
    }

    long packets() {
        return packets;
    }

    long bytes() {
        return bytes;
    }

    /** What went wrong, and what the numbers do not show, a line each. */
    List<String> errors() {
        List<String> errors = new ArrayList<>(failures);
        skipped.forEach((linkType, count) ->
                errors.add(count + " packets of link type " + linkType + " were skipped: the program cannot see them"));
        return errors;
    }

    /** What a reader of the numbers should know, a line each. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (cut > 0) {
            remarks.add(
                    cut + " packets were cut when they were captured (snap length): the program saw only their start");
        }
        if (tooShort > 0) {
            remarks.add(tooShort + " packets were left out: they are shorter than the kernel's test runs take");
        }
        return remarks;
    }
}
