package dev.skep.verifier.log;

import dev.skep.verifier.Rejection;
import dev.skep.verifier.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a verifier wrote about one program.
 *
 * @param program the program's name if the log tells, else ""
 * @param path the last path it followed, with the states it showed; instructions without a state keep the last one known
 * @param messages what it said at the end; the first is the reason, others tell more of it
 * @param statistics from the line {@code processed ...}
 * @param rejected false if nothing in the log speaks of a rejection
 * @param cut true if the log ends before it tells whether the program was accepted
 * @param diagnosis what Linux 7.3 and newer add to some messages
 */
public record KernelLog(
        String program,
        Rejection.Path path,
        List<KernelMessage> messages,
        Statistics statistics,
        boolean rejected,
        boolean cut,
        Optional<Diagnosis> diagnosis) {
    public KernelLog {
        messages = List.copyOf(messages);
    }

    /**
     * Reads a log of any level, of a kernel since 5.4; also with what libbpf, cilium/ebpf, bpftool and dmesg print around it.
     *
     * @return one for each program the text has a log of; an empty list if it has none
     */
    public static List<KernelLog> read(String text) {
        List<KernelLog> logs = new ArrayList<>();
        for (LogText.Section section : LogText.sections(text)) {
            KernelLog log = new KernelLogReader(section).read();
            if (!log.path().steps().isEmpty() || !log.messages().isEmpty()) {
                logs.add(log);
            }
        }
        return List.copyOf(logs);
    }
}
