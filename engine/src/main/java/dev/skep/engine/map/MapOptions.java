package dev.skep.engine.map;

import java.util.concurrent.ThreadLocalRandom;

/**
 * What the maps of an engine have in common.
 *
 * @param possibleCpus number of logical CPUs, 1 to 4096: a per-CPU map has a value for each
 * @param hashSeed what the hashes of maps without {@code BPF_F_ZERO_SEED} start from; the same seed gives the same iteration
 *     order
 */
public record MapOptions(int possibleCpus, int hashSeed) {
    /** @throws IllegalArgumentException if the number of CPUs is out of range */
    public MapOptions {
        if (possibleCpus < 1 || possibleCpus > 4096) {
            throw new IllegalArgumentException("possibleCpus is " + possibleCpus + ", not 1 to 4096");
        }
    }

    /** Maps for this many CPUs, with a random hash seed, so that nobody can choose keys that collide. */
    public static MapOptions forCpus(int possibleCpus) {
        return new MapOptions(possibleCpus, ThreadLocalRandom.current().nextInt());
    }
}
