package dev.skep.linux.symbol;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/**
 * What {@code /proc/PID/status} says of a process (proc_pid_status(5)).
 *
 * @param ownNumber its number in its own namespace
 * @param user its effective user
 * @param caught the signals that it has handlers for, the lowest bit for the first
 */
record ProcessStatus(String ownNumber, long user, long caught) {
    /** @throws IOException if the process has ended */
    static ProcessStatus of(int pid) throws IOException {
        String number = Integer.toString(pid);
        long user = -1;
        long caught = 0;
        for (String line :
                Files.readAllLines(ProcessMaps.process(pid).resolve("status"), StandardCharsets.ISO_8859_1)) {
            String[] words = line.split("\\s+");
            switch (words[0]) {
                case "NSpid:" -> number = words[words.length - 1];
                case "Uid:" -> user = Long.parseLong(words[2]);
                case "SigCgt:" -> caught = Long.parseUnsignedLong(words[1], 16);
                default -> {}
            }
        }
        return new ProcessStatus(number, user, caught);
    }
}
