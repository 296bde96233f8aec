package dev.skep.trace.run;

import dev.skep.trace.print.LooseText;
import dev.skep.trace.print.Output;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What {@code system} and {@code cat} do. */
final class Commands {
    /** What the JDK adds to the number of the signal that ended a process. */
    private static final int KILLED = 128;

    private static final int LAST_SIGNAL = 31;

    private final Output output;
    private final Complaints complaints;
    private final int maxCatBytes;

    Commands(Output output, Complaints complaints, int maxCatBytes) {
        this.output = output;
        this.complaints = complaints;
        this.maxCatBytes = maxCatBytes;
    }

    /** Runs a command of the shell until it ends, and shows what it prints. */
    void run(String command) {
        try {
            Process process = new ProcessBuilder("/bin/sh", "-c", command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            byte[] printed = process.getInputStream().readAllBytes();
            int code = process.waitFor();
            if (code == 0 || printed.length > 0) {
                output.text(Output.Kind.SYSCALL, LooseText.decode(printed));
            }
            if (code != 0) {
                complaints.error(
                        code > KILLED && code <= KILLED + LAST_SIGNAL
                                ? "child process did not exit normally"
                                : "command exited with code " + code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            complaints.error("cannot run '" + command + "': " + e.getMessage());
        }
    }

    /** Shows what a file holds, up to so many bytes. */
    void show(String path) {
        if (Files.isDirectory(Path.of(path))) {
            return; // which cannot be read; bpftrace says nothing
        }
        try (InputStream file = Files.newInputStream(Path.of(path))) {
            output.text(Output.Kind.CAT, LooseText.decode(file.readNBytes(maxCatBytes)));
        } catch (NoSuchFileException e) {
            complaints.error("failed to open file '" + path + "' (No such file or directory)");
        } catch (IOException e) {
            complaints.error("failed to open file '" + path + "' (" + e.getMessage() + ")");
        }
    }
}
