package dev.skep.bench.trace;

import dev.skep.linux.system.SystemCall;
import dev.skep.linux.system.SystemCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Prints how many lines of {@code printf} arrive, with {@code bpftrace} and with {@code skep trace}, when a thread makes system calls at
 * rates that double: those that do not are lost.
 */
public final class PrintTable {
    private static final int[] RATES = {50_000, 100_000, 200_000, 400_000, 500_000, 800_000, 1_200_000};
    private static final int SECONDS = 3;
    private static final String SCRIPT =
            "tracepoint:syscalls:sys_enter_pidfd_getfd { printf(\"%d %s %d\\n\", pid, comm, nsecs); }";
    private static final String ROW = "%9s  %10s  %10s %8s  %10s %8s%n";

    private PrintTable() {}

    /** @param sent events @param arrived lines */
    private record Delivery(long sent, long arrived) {
        String lost() {
            return String.format(Locale.ROOT, "%.2f %%", 100.0 * Math.max(0, sent - arrived) / sent);
        }
    }

    /** @param arguments the paths of {@code bpftrace}, of a newer one to measure in its place ("" for none) and of {@code skep} */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.out.printf(ROW, "", "", "bpftrace", "", "skep", "");
        System.out.printf(ROW, "RATE", "SENT", "ARRIVED", "LOST", "ARRIVED", "LOST");
        String bpftrace = arguments[1].isEmpty() ? arguments[0] : arguments[1];
        for (int rate : RATES) {
            Delivery theirs = deliver(List.of(bpftrace), rate);
            Delivery ours = deliver(List.of(arguments[2], "trace"), rate);
            System.out.printf(ROW, rate, ours.sent(), theirs.arrived(), theirs.lost(), ours.arrived(), ours.lost());
        }
    }

    private static Delivery deliver(List<String> tracer, int rate) throws IOException, InterruptedException {
        Path lines = Files.createTempFile("skep-bench-", ".txt");
        List<String> command = new ArrayList<>(tracer);
        command.addAll(List.of("-o", lines.toString(), "-e", SCRIPT));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            awaitFirst(lines);
            long before = count(lines);
            long sent = send(rate);
            TimeUnit.SECONDS.sleep(1);
            process.destroy(); // SIGTERM
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new IOException("process " + process.pid() + " does not end");
            }
            return new Delivery(sent, count(lines) - before);
        } finally {
            process.destroyForcibly();
            Files.delete(lines);
        }
    }

    /** Makes calls until one of them is seen. */
    private static void awaitFirst(Path lines) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (count(lines) == 0) {
            if (System.nanoTime() > end) {
                throw new IOException("no events arrive");
            }
            call();
            TimeUnit.MILLISECONDS.sleep(20);
        }
        TimeUnit.MILLISECONDS.sleep(500);
    }

    private static long count(Path lines) throws IOException {
        try (Stream<String> all = Files.lines(lines)) {
            return all.filter(line -> line.contains("java") || line.contains("main"))
                    .count();
        }
    }

    private static long send(int rate) {
        long start = System.nanoTime();
        long sent = 0;
        long elapsed;
        do {
            elapsed = System.nanoTime() - start;
            long due = elapsed * rate / 1_000_000_000L;
            for (; sent < due; sent++) {
                call();
            }
        } while (elapsed < SECONDS * 1_000_000_000L);
        return sent;
    }

    /** A call that nobody else makes, and that fails at once. */
    private static void call() {
        long _ = SystemCalls.call(SystemCall.PIDFD_GETFD, -1, -1, 0);
    }
}
