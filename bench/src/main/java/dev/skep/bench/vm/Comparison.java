package dev.skep.bench.vm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Programs by all machines there are: their results compared, their times measured in rounds in which each machine has its
 * turn, after all have warmed up.
 */
public final class Comparison {
    private static final int ROUNDS = 7;
    private static final int ROUND_MILLIS = 150;

    private final Path root;
    private final List<Path> packets;
    private final Map<MachineKind, String> missing = new EnumMap<>(MachineKind.class);

    private Comparison(Path root, List<Path> packets) {
        this.root = root;
        this.packets = packets;
    }

    /** @param arguments the checkout's root, how many times everything is run, names of programs (none for all) */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        int runs = Integer.parseInt(arguments[1]);
        List<BenchmarkProgram> programs = chosen(List.of(arguments).subList(2, arguments.length));
        Comparison comparison = new Comparison(root, Packets.write(root.resolve("bench/target/vm")));
        Table table = new Table();
        for (BenchmarkProgram program : programs) {
            table.add(program.name(), comparison.measure(program, runs));
        }
        table.addGeometricMeans();
        comparison.missing.values().forEach(reason -> System.out.println("not here: " + reason));
    }

    private static List<BenchmarkProgram> chosen(List<String> names) {
        Set<String> unknown = new HashSet<>(names);
        BenchmarkProgram.ALL.forEach(program -> unknown.remove(program.name()));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("no such program: " + unknown);
        }
        return BenchmarkProgram.ALL.stream()
                .filter(program -> names.isEmpty() || names.contains(program.name()))
                .toList();
    }

    /** The median time by each machine. */
    private Map<MachineKind, Double> measure(BenchmarkProgram program, int runs) throws IOException {
        Map<MachineKind, List<Double>> times = new EnumMap<>(MachineKind.class);
        for (int run = 0; run < runs; run++) {
            List<Peer> peers = start(program);
            try {
                checkAgreement(program, peers);
                time(program, peers);
                peers.forEach(peer -> times.computeIfAbsent(peer.kind(), kind -> new ArrayList<>())
                        .addAll(peer.times()));
            } finally {
                for (Peer peer : peers) {
                    peer.close();
                }
            }
        }
        Map<MachineKind, Double> medians = new EnumMap<>(MachineKind.class);
        times.forEach((kind, all) -> medians.put(kind, median(all)));
        return medians;
    }

    private static double median(List<Double> times) {
        Collections.sort(times);
        return times.get(times.size() / 2);
    }

    private List<Peer> start(BenchmarkProgram program) throws IOException {
        List<Peer> peers = new ArrayList<>();
        for (MachineKind kind : MachineKind.values()) {
            try {
                peers.add(Peer.start(kind, root, program));
            } catch (Peer.UnavailableException e) {
                missing.put(e.kind(), e.getMessage());
            }
        }
        return peers;
    }

    /** All machines run the program on the same packets, one after the other. */
    private void checkAgreement(BenchmarkProgram program, List<Peer> peers) throws IOException {
        for (Path packet : packets) {
            Map<MachineKind, String> results = new EnumMap<>(MachineKind.class);
            for (Peer peer : peers) {
                results.put(peer.kind(), peer.check(packet));
            }
            if (new HashSet<>(results.values()).size() != 1) {
                throw new IllegalStateException(program.name() + " does not come to the same result on "
                        + packet.getFileName() + ": " + results);
            }
        }
    }

    private static void time(BenchmarkProgram program, List<Peer> peers) throws IOException {
        for (Peer peer : peers) {
            peer.warmUp(program);
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (Peer peer : peers) {
                peer.measure(ROUND_MILLIS, program);
            }
        }
    }
}
