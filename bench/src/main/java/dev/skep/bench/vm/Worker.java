package dev.skep.bench.vm;

import dev.skep.object.host.HostException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Runs one program by one machine on request: lines from standard input, one answer to each. The same as native_main.c, which
 * tells what the requests are. Says {@code ready} first, or {@code unavailable} and why.
 */
public final class Worker {
    private final Machine machine;

    private Worker(Machine machine) {
        this.machine = machine;
    }

    /** @param arguments kind of machine, the checkout's root, the program's name */
    public static void main(String[] arguments) throws IOException {
        BenchmarkProgram program = new BenchmarkProgram(arguments[2], 1);
        Machine machine;
        try {
            machine = MachineKind.of(arguments[0]).load(Path.of(arguments[1]), program);
        } catch (HostException e) {
            System.out.println("unavailable " + e.getMessage().replace('\n', ' '));
            return;
        }
        try (machine) {
            System.out.println("ready");
            BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            Worker worker = new Worker(machine);
            for (String line = requests.readLine(); line != null; line = requests.readLine()) {
                System.out.println(worker.answer(line.split(" ")));
            }
        }
    }

    private String answer(String[] request) throws IOException {
        return switch (request[0]) {
            case "check" -> check(Path.of(request[1]));
            case "measure" -> measure(Long.parseLong(request[1]), Integer.parseInt(request[2]));
            default -> throw new IllegalArgumentException("request " + request[0]);
        };
    }

    private String check(Path packet) throws IOException {
        Fingerprint seen = new Fingerprint();
        int result = machine.check(Files.readAllBytes(packet), seen);
        return String.format(Locale.ROOT, "%08x %s", result, seen);
    }

    private String measure(long milliseconds, int runs) {
        long end = System.nanoTime() + milliseconds * 1_000_000;
        List<Double> batches = new ArrayList<>();
        do {
            batches.add(machine.measure(runs));
        } while (System.nanoTime() < end);
        Collections.sort(batches);
        return String.format(Locale.ROOT, "%.1f", batches.get(batches.size() / 2));
    }
}
