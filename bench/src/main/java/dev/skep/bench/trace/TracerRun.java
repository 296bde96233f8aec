package dev.skep.bench.trace;

import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.info.ProgramInfo;
import dev.skep.linux.system.FileDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One run of a tracer with a script, beside the {@link Workload}, with the kernel's statistics of runs on.
 *
 * @param attachedMillis from starting the tracer until each of its programs that events run has run
 * @param totalMillis from starting it to its end, the time that is measured left out
 * @param residentMegabytes the most memory that it had
 * @param programs those that ran, by ID, which is the order in which they were loaded
 */
record TracerRun(double attachedMillis, double totalMillis, double residentMegabytes, List<Cost> programs) {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    /** A program's. @param nanos of a run, on average @param instructions as the kernel runs them */
    record Cost(double nanos, int instructions) {}

    /**
     * Runs it.
     *
     * @param expected how many programs of the script events run
     * @param millis how long events are measured
     */
    static TracerRun of(List<String> tracer, String script, int expected, long millis) throws IOException {
        Set<Integer> before = new HashSet<>(ObjectKind.PROGRAM.ids());
        List<String> command = new ArrayList<>(tracer);
        command.addAll(List.of("-e", script));
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            long attached = waitForEvents(process, before, expected, start);
            Thread.sleep(millis);
            List<Cost> costs = ran(before).stream().map(TracerRun::cost).toList();
            double resident = residentMegabytes(process.pid());
            long interrupted = System.nanoTime();
            end(process);
            double total = (attached + System.nanoTime() - interrupted) / 1e6;
            return new TracerRun(attached / 1e6, total, resident, costs);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        } finally {
            process.destroyForcibly();
        }
    }

    /** By SIGTERM, at which both print their maps; again and again, since bpftrace 0.17 misses one now and then. */
    private static void end(Process process) throws IOException, InterruptedException {
        long start = System.nanoTime();
        do {
            process.destroy();
            if (System.nanoTime() - start > PATIENCE) {
                throw new IOException("process " + process.pid() + " does not end");
            }
        } while (!process.waitFor(300, TimeUnit.MILLISECONDS));
    }

    private static long waitForEvents(Process process, Set<Integer> before, int expected, long start)
            throws IOException, InterruptedException {
        while (ran(before).size() < expected) {
            if (!process.isAlive() || System.nanoTime() - start > PATIENCE) {
                throw new IOException("no events after " + (System.nanoTime() - start) / 1_000_000 + " ms");
            }
            Thread.sleep(1);
        }
        return System.nanoTime() - start;
    }

    /** The new programs that events have run many times: what runs once at the beginning is not of interest. */
    private static List<ProgramInfo> ran(Set<Integer> before) {
        List<ProgramInfo> programs = new ArrayList<>();
        for (int id : ObjectKind.PROGRAM.ids()) {
            if (!before.contains(id)) {
                info(id).filter(info -> info.runs().runs() > 10).ifPresent(programs::add);
            }
        }
        programs.sort(Comparator.comparingInt(ProgramInfo::id));
        return programs;
    }

    private static Optional<ProgramInfo> info(int id) {
        Optional<FileDescriptor> found = ObjectKind.PROGRAM.find(id);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (FileDescriptor descriptor = found.get()) {
            return Optional.of(ProgramInfo.of(descriptor));
        }
    }

    private static Cost cost(ProgramInfo info) {
        return new Cost((double) info.runs().time().toNanos() / info.runs().runs(), info.translatedLength() / 8);
    }

    private static double residentMegabytes(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
            }
        }
        throw new IOException("process " + pid + " says nothing of its memory");
    }
}
