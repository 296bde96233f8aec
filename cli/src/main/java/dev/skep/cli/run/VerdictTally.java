package dev.skep.cli.run;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Counts packets and bytes by what programs return. */
final class VerdictTally {
    /** Return values beyond that many different ones, as socket filters may give, are counted without being remembered. */
    private static final int MAX_REMEMBERED = 4096;

    private final Function<Integer, Verdict> names;
    private final Map<Integer, Counter> byReturnValue = new HashMap<>();
    private final Map<String, Counter> byName = new HashMap<>();

    private static final class Counter {
        final int firstReturnValue;
        final Verdict verdict;
        long packets;
        long bytes;

        Counter(int firstReturnValue, Verdict verdict) {
            this.firstReturnValue = firstReturnValue;
            this.verdict = verdict;
        }
    }

    VerdictTally(Function<Integer, Verdict> names) {
        this.names = names;
    }

    /** Counts a packet of {@code bytes} bytes for which a program returned {@code returnValue}. */
    Verdict count(int returnValue, int bytes) {
        Counter counter = byReturnValue.get(returnValue);
        if (counter == null) {
            counter = newCounter(returnValue);
        }
        counter.packets++;
        counter.bytes += bytes;
        return counter.verdict;
    }

    private Counter newCounter(int returnValue) {
        Verdict verdict = names.apply(returnValue);
        Counter counter = byName.computeIfAbsent(verdict.name(), ignored -> new Counter(returnValue, verdict));
        if (byReturnValue.size() < MAX_REMEMBERED) {
            byReturnValue.put(returnValue, counter);
        }
        return counter;
    }

    /** The verdicts given, by ascending return value. */
    List<VerdictCount> counts() {
        return byName.values().stream()
                .sorted(Comparator.comparingInt(counter -> counter.firstReturnValue))
                .map(counter -> new VerdictCount(counter.verdict, counter.packets, counter.bytes))
                .toList();
    }
}
