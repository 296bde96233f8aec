package dev.skep.verifier.explore;

import dev.skep.verifier.state.Checkpoint;
import org.jspecify.annotations.Nullable;

/**
 * Which kept states lie in a loop, and where it begins. A state in a loop is only known to the end once the loop's first state is: what
 * matters after it may still come to light on another round.
 *
 * <p>The loop a state belongs to is the outermost one found by the depth-first walk: the idea is from Wei, Mao, Zou and Chen, "A New
 * Algorithm for Identifying Loops in Decompilation" (SAS 2007), which the kernel uses as well.
 */
final class Loops {
    private Loops() {}

    /** The first state of the outermost loop known around {@code checkpoint}. */
    static @Nullable Checkpoint entryOf(Checkpoint checkpoint) {
        Checkpoint entry = checkpoint.loopEntry();
        if (entry == null) {
            return null;
        }
        Checkpoint next = entry.loopEntry();
        while (next != null && !next.equals(entry)) {
            entry = next;
            next = entry.loopEntry();
        }
        checkpoint.setLoopEntry(entry);
        return entry;
    }

    /**
     * A path has ended: everything before it that has nothing else to follow is done.
     *
     * @param youngest the last state kept on the path
     * @param closed the state the path led back to, if it closed a loop
     */
    static void endPath(@Nullable Checkpoint youngest, @Nullable Checkpoint closed) {
        Checkpoint entry = closed;
        for (Checkpoint at = youngest; at != null; at = at.parent()) {
            if (entry != null) {
                join(at, entry);
            }
            if (at.endBranch() > 0) {
                break;
            }
            entry = at.loopEntry();
        }
    }

    /** {@code checkpoint} lies in the loop of {@code head} if that is still being followed and begins before its own. */
    private static void join(Checkpoint checkpoint, Checkpoint head) {
        Checkpoint own = outermost(checkpoint);
        Checkpoint begin = outermost(head);
        if (begin.branches() > 0 && begin.distance() <= own.distance()) {
            checkpoint.setLoopEntry(head);
        }
    }

    private static Checkpoint outermost(Checkpoint checkpoint) {
        Checkpoint entry = entryOf(checkpoint);
        return entry == null ? checkpoint : entry;
    }
}
