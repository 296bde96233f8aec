package dev.skep.bench.vm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@link Firewall} by each kind of engine on one core and on two, each in a fresh JVM. */
public final class FirewallTable {
    private static final int MOST_WORKERS = 2;

    private FirewallTable() {}

    /** @param arguments the checkout's root */
    public static void main(String[] arguments) throws IOException {
        System.out.printf("%-12s  %7s  %14s%n", "ENGINE", "WORKERS", "PACKETS/S");
        for (MachineKind kind : MachineKind.values()) {
            for (int workers = 1; kind.isEngine() && workers <= MOST_WORKERS; workers++) {
                String rate = FreshJvm.output(
                        List.of(),
                        Firewall.class,
                        Path.of(arguments[0]).toString(),
                        kind.label(),
                        Integer.toString(workers));
                System.out.printf("%-12s  %7d  %,14d%n", kind.label(), workers, Long.parseLong(rate));
            }
        }
    }
}
