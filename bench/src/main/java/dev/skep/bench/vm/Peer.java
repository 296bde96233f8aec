package dev.skep.bench.vm;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that runs one program by one machine: a {@link Worker} or native_main.c. It does nothing between requests. */
final class Peer implements AutoCloseable {
    private final MachineKind kind;
    private final Process process;
    private final BufferedReader answers;
    private final List<Double> times = new ArrayList<>();

    private Peer(MachineKind kind, Process process) {
        this.kind = kind;
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts it.
     *
     * @throws UnavailableException if this machine does not run here
     */
    static Peer start(MachineKind kind, Path root, BenchmarkProgram program) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(kind.command(root, program))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UnavailableException(kind, e.getMessage());
        }
        Peer peer = new Peer(kind, process);
        String greeting = peer.answer();
        if (!greeting.equals("ready")) {
            peer.close();
            throw new UnavailableException(kind, greeting);
        }
        return peer;
    }

    MachineKind kind() {
        return kind;
    }

    /** What it has measured so far, nanoseconds. */
    List<Double> times() {
        return times;
    }

    /** The result of one run, comparable with that of others. */
    String check(Path packet) throws IOException {
        return ask("check " + packet);
    }

    void warmUp(BenchmarkProgram program) throws IOException {
        ask("measure " + kind.warmUpMillis() + " " + program.runsAtOnce());
    }

    void measure(int milliseconds, BenchmarkProgram program) throws IOException {
        times.add(Double.valueOf(ask("measure " + milliseconds + " " + program.runsAtOnce())));
    }

    private String ask(String request) throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).write(request + "\n");
        process.outputWriter(StandardCharsets.UTF_8).flush();
        return answer();
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the process of the " + kind.label() + " has ended");
        }
        return line;
    }

    /** Ends the process. */
    @Override
    public void close() throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).close();
        answers.close();
        process.destroy();
    }

    /** A machine that does not run here. */
    static final class UnavailableException extends IOException {
        private static final long serialVersionUID = 1;

        private final transient MachineKind kind;

        UnavailableException(MachineKind kind, String reason) {
            super(kind.label() + ": " + reason);
            this.kind = kind;
        }

        MachineKind kind() {
            return kind;
        }
    }
}
