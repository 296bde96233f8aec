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
    private final Optional<WorkerBatch> batch;
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

    /**
     * @param program gets the packets one after the other
     * @param batch gets them instead, if there is one
     */
    PacketRun(
            PacketProgram program,
            Optional<WorkerBatch> batch,
            LinkLayer link,
            VerdictTally tally,
            Optional<CaptureOutput> output,
            Progress progress) {
        this.program = program;
        this.batch = batch;
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
                if (!runOne(reader)) {
                    return End.TRAPPED;
                }
            }
            return finishBatch() ? End.COMPLETE : End.TRAPPED;
        } catch (InputException e) {
            boolean finished = finishBatch();
            failures.add(String.valueOf(e.getMessage()));
            return finished ? End.DAMAGED : End.TRAPPED;
        } catch (HostException e) {
            failures.add(failure(reader.packets(), reader.position(), e));
            return End.TRAPPED;
        }
    }

    /** What to say of a packet on which the program's run had to be ended. */
    static String failure(long number, long position, HostException e) {
        return "packet " + number + " (offset 0x" + Long.toHexString(position) + "): " + e.getMessage();
    }

    /** @return false if a run of the batch had to be ended */
    private boolean finishBatch() {
        Optional<String> failure = batch.flatMap(waiting -> waiting.run(this::count));
        failure.ifPresent(failures::add);
        return failure.isEmpty();
    }

    /** @return false if a run of a batch had to be ended */
    private boolean runOne(CaptureReader reader) throws IOException {
        if (!link.load(reader)) {
            skipped.merge(reader.linkType().toString(), 1L, Long::sum);
            return true;
        }
        int length = link.length();
        if (!program.takes(link.buffer(), link.offset(), length)) {
            tooShort++;
            return true;
        }
        cut += reader.capturedLength() < reader.originalLength() ? 1 : 0;
        if (batch.isPresent()) {
            return batch.get().add(link, reader)
                    || (finishBatch() && batch.get().add(link, reader));
        }
        int returnValue = (int) program.run(link.buffer(), link.offset(), length);
        Verdict verdict = count(returnValue, length);
        if (output.isPresent()) {
            int left = program.packetLength();
            if (packet.length < left) {
                packet = new byte[2 * left];
            }
            program.copyPacket(packet);
            output.get().write(reader, verdict, returnValue, packet, left, left - length);
        }
        return true;
    }

    private Verdict count(int returnValue, int length) {
        Verdict verdict = tally.count(returnValue, length);
        packets++;
        bytes += length;
        progress.packets(packets);
        return verdict;
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
