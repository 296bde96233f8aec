package dev.skep.engine.counterexample;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/**
 * Looks for an input that meets a goal, by running the program: first ordinary inputs, then changes of the one that came nearest. Where
 * that one leaves the path, changes that may turn the jump; once it follows the path to its end, changes that drive numbers to their
 * ends; at last some of these at random. Deterministic.
 */
final class Search {
    /** Conditional jumps of all runs together: what bounds the time if runs are long. */
    private static final long MOST_JUMPS = 4_000_000;

    private static final int RANDOM_RUNS = 300;
    private static final int MOST_CHANGES = 4;

    private final TestBench bench;
    private final Goal goal;
    private final BranchFlips flips;
    private final Extremes extremes;
    private final Set<RunInput> tried = new HashSet<>();
    private final Random random = new Random(1);
    private final int mostRuns;
    private long jumps;
    private Optional<Trial> nearest = Optional.empty();
    private int agreement = -1;

    /** @param mostRuns after so many it gives up */
    Search(TestBench bench, Goal goal, CodeConstants constants, int mostRuns) {
        this.mostRuns = mostRuns;
        this.bench = bench;
        this.goal = goal;
        flips = new BranchFlips(constants);
        extremes = new Extremes(constants);
    }

    /** A run that meets the goal, if one is found. @param first what to begin with, at least one */
    Optional<Trial> from(List<RunInput> first) {
        Optional<Trial> met = tryAll(first, false);
        boolean nearer = true;
        while (met.isEmpty() && nearer && mayGoOn()) {
            int before = agreement;
            met = tryAll(neighbours(), true);
            if (met.isEmpty() && agreement == before) {
                met = tryAtRandom();
            }
            nearer = agreement > before;
        }
        return met;
    }

    private boolean mayGoOn() {
        return !isUsedUp() && nearest.isPresent();
    }

    private boolean isUsedUp() {
        return tried.size() >= mostRuns || jumps >= MOST_JUMPS;
    }

    private List<RunInput> neighbours() {
        Trial from = nearest.orElseThrow();
        OptionalInt wrongTurn = goal.firstWrongTurn(from.seen());
        List<RunInput> inputs = new ArrayList<>();
        wrongTurn.ifPresent(index -> inputs.addAll(flips.of(from, index)));
        inputs.addAll(extremes.of(from));
        return inputs;
    }

    /** @param restart whether to stop as soon as one comes nearer */
    private Optional<Trial> tryAll(List<RunInput> inputs, boolean restart) {
        int before = agreement;
        for (RunInput input : inputs) {
            Optional<Trial> met = tryOne(input);
            if (met.isPresent() || (restart && agreement > before)) {
                return met;
            }
        }
        return Optional.empty();
    }

    private Optional<Trial> tryAtRandom() {
        List<RunInput> pool = neighbours();
        Trial from = nearest.orElseThrow();
        Set<InputField> read = new LinkedHashSet<>();
        read.add(new InputField.PacketLength());
        from.seen().reads().forEach(one -> read.add(one.field()));
        List<InputField> fields = List.copyOf(read);
        int before = agreement;
        for (int run = 0; run < RANDOM_RUNS && !pool.isEmpty() && agreement == before; run++) {
            RunInput input = pool.get(random.nextInt(pool.size()));
            int changes = 1 + random.nextInt(MOST_CHANGES);
            for (int i = 0; i < changes && !fields.isEmpty(); i++) {
                input = changed(input, fields.get(random.nextInt(fields.size())));
            }
            Optional<Trial> met = tryOne(input);
            if (met.isPresent()) {
                return met;
            }
        }
        return Optional.empty();
    }

    private RunInput changed(RunInput input, InputField field) {
        List<Long> numbers = Numbers.extremes(field.size());
        long number = random.nextBoolean() ? numbers.get(random.nextInt(numbers.size())) : random.nextLong();
        return input.with(field, number);
    }

    private Optional<Trial> tryOne(RunInput input) {
        if (isUsedUp() || !tried.add(input)) {
            return Optional.empty();
        }
        Optional<Trial> trial = bench.run(input);
        if (trial.isEmpty()) {
            return Optional.empty();
        }
        jumps += trial.get().seen().jumps();
        if (goal.isMet(trial.get())) {
            return trial;
        }
        int reached = goal.agreement(trial.get().seen());
        if (reached > agreement) {
            agreement = reached;
            nearest = trial;
        }
        return Optional.empty();
    }
}
