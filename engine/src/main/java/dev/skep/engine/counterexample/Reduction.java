package dev.skep.engine.counterexample;

import dev.skep.object.Bytes;
import java.util.Arrays;
import java.util.Optional;

/** Leaves out of an input whatever the program goes wrong without. */
final class Reduction {
    private static final int MOST_RUNS = 200;
    private static final long MOST_JUMPS = 2_000_000;
    private static final int SHORTEST_FRAME = 14;

    private final TestBench bench;
    private final Goal goal;
    private final RunInput blank;
    private Trial best;
    private int runs;
    private long jumps;

    Reduction(TestBench bench, Goal goal, RunInput blank, Trial found) {
        this.bench = bench;
        this.goal = goal;
        this.blank = blank;
        best = found;
    }

    /** A run with as little as possible in its input. */
    Trial reduced() {
        best.input().results().keySet().forEach(call -> keep(best.input().withoutResult(call)));
        best.input().entries().keySet().forEach(key -> keep(best.input().withoutEntry(key)));
        best.input().entries().forEach((key, value) -> keep(best.input().withEntry(key, Bytes.zeros(value.length()))));
        best.input()
                .globals()
                .keySet()
                .forEach(map ->
                        keep(best.input().withGlobal(map, blank.globals().getOrDefault(map, Bytes.EMPTY))));
        keep(best.input().withContext(blank.context()));
        reduceContext();
        reducePacket();
        return best;
    }

    private void reduceContext() {
        for (int at = 0; at + Integer.BYTES <= best.input().context().length(); at += Integer.BYTES) {
            byte[] context = best.input().context().toArray();
            blank.context().slice(at, Integer.BYTES).copyTo(context, at);
            keep(best.input().withContext(Bytes.of(context)));
        }
    }

    /** Zeros for stretches of bytes, halved until single bytes are left; and nothing behind the last one that matters. */
    private void reducePacket() {
        keep(best.input()
                .withLength(Math.min(SHORTEST_FRAME, best.input().packet().length())));
        for (int step = Integer.highestOneBit(Math.max(1, best.input().packet().length())); step > 0; step /= 2) {
            for (int at = 0; at < best.input().packet().length(); at += step) {
                byte[] packet = best.input().packet().toArray();
                Arrays.fill(packet, at, Math.min(packet.length, at + step), (byte) 0);
                keep(best.input().withPacket(Bytes.of(packet)));
            }
        }
    }

    private void keep(RunInput simpler) {
        if (runs >= MOST_RUNS || jumps >= MOST_JUMPS || simpler.equals(best.input())) {
            return;
        }
        runs++;
        Optional<Trial> trial = bench.run(simpler);
        jumps += trial.map(one -> one.seen().jumps()).orElse(0L);
        if (trial.isPresent() && goal.isMet(trial.get())) {
            best = trial.get();
        }
    }
}
