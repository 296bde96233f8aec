package dev.skep.linux.link;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A running program that does its work once for each line it is sent, and says when it has. */
final class Subject implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;

    private Subject(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    static Subject start(String... command) {
        try {
            Subject subject = new Subject(new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start());
            subject.work(); // it has started, so that its libraries are mapped
            return subject;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int pid() {
        return (int) process.pid();
    }

    /** Has it work once, and waits until it has. */
    void work() {
        try {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            String answer = answers.readLine();
            if (answer == null || !answer.equals("1")) {
                throw new AssertionError("the subject answered " + answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
