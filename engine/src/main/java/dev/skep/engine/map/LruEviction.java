package dev.skep.engine.map;

import dev.skep.object.map.MapSpec;
import java.util.Arrays;

/**
 * Chooses which element an LRU map gives up, as kernel/bpf/bpf_lru_list.c does: an active and an inactive list and a
 * "referenced" mark that lookups set; marked elements get another round in the active list, the oldest unmarked inactive
 * one goes.
 *
 * <p>All CPUs share one pair of lists, or with {@code BPF_F_NO_COMMON_LRU} each has its own and its share of the entries.
 * The kernel's batches of free elements for each CPU are left out: elements go one at a time, and only when the map is full.
 */
final class LruEviction {
    private static final int NONE = ElementPool.NONE;
    /** How many elements of a list are looked at, for each one that goes, to see whether they were referenced. */
    private static final int ROTATION_SCANS = 4;
    /** How many inactive elements are looked at for an unreferenced one ({@code LOCAL_NR_SCANS}). */
    private static final int VICTIM_SCANS = 128;

    private final int[] previous;
    private final int[] next;
    /** By element: its list's head, {@link #NONE} if in no list. */
    private final int[] lists;
    /** By element: 1 if looked up since it came to its list. Set without the lock. */
    private final byte[] referenced;

    private final int capacity;
    private final int pairs;
    private final int limitPerPair;
    /** By head: how many elements are in that list. */
    private final int[] counts;
    /** By pair: where the next round over the inactive list begins. */
    private final int[] rotation;

    private LruEviction(int capacity, int pairs, int limitPerPair) {
        this.capacity = capacity;
        this.pairs = pairs;
        this.limitPerPair = limitPerPair;
        this.previous = new int[capacity + 2 * pairs];
        this.next = new int[capacity + 2 * pairs];
        this.lists = new int[capacity];
        this.referenced = new byte[capacity];
        this.counts = new int[2 * pairs];
        this.rotation = new int[pairs];
        Arrays.fill(lists, NONE);
        for (int head = capacity; head < previous.length; head++) {
            previous[head] = head;
            next[head] = head;
        }
        for (int pair = 0; pair < pairs; pair++) {
            rotation[pair] = inactive(pair);
        }
    }

    /** @param capacity number of elements there are, more than may be in the map */
    static LruEviction of(MapSpec spec, int capacity, int cpus) {
        boolean common = (spec.flags() & MapFlags.NO_COMMON_LRU) == 0;
        return common
                ? new LruEviction(capacity, 1, spec.maxEntries())
                : new LruEviction(capacity, cpus, Math.max(1, spec.maxEntries() / cpus));
    }

    private int active(int pair) {
        return capacity + 2 * pair;
    }

    private int inactive(int pair) {
        return capacity + 2 * pair + 1;
    }

    private int count(int head) {
        return counts[head - capacity];
    }

    private int pairOf(int cpu) {
        return pairs == 1 ? 0 : cpu;
    }

    /** A lookup found the element. */
    void used(int element) {
        if (referenced[element] == 0) {
            referenced[element] = 1;
        }
    }

    /** The element is in the map now. */
    void added(int element, int cpu) {
        move(element, inactive(pairOf(cpu)));
    }

    /** The element is in the map no more. */
    void removed(int element) {
        detach(element);
        lists[element] = NONE;
        referenced[element] = 0;
    }

    /** The element to remove before one is added on this CPU, or {@link #NONE} if there is room. */
    int victim(int cpu) {
        int pair = pairOf(cpu);
        if (count(active(pair)) + count(inactive(pair)) < limitPerPair) {
            return NONE;
        }
        if (count(inactive(pair)) < count(active(pair))) {
            rotateActive(pair);
        }
        rotateInactive(pair);
        int victim = oldestUnreferenced(pair);
        if (victim != NONE) {
            return victim;
        }
        int list = count(inactive(pair)) > 0 ? inactive(pair) : active(pair);
        return previous[list];
    }

    /** From the oldest active elements, the referenced stay and the others become inactive. */
    private void rotateActive(int pair) {
        int head = active(pair);
        int newest = next[head];
        int element = previous[head];
        for (int i = 0; i < ROTATION_SCANS && element != head; i++) {
            int before = previous[element];
            move(element, referenced[element] != 0 ? head : inactive(pair));
            if (element == newest) {
                return;
            }
            element = before;
        }
    }

    /** Referenced elements of the inactive list become active; goes on where it stopped last time. */
    private void rotateInactive(int pair) {
        int head = inactive(pair);
        if (count(head) == 0) {
            return;
        }
        int last = next[rotation[pair]];
        if (last == head) {
            last = next[last];
        }
        int at = rotation[pair];
        int following = at;
        for (int i = 0; i < ROTATION_SCANS; ) {
            if (at == head) {
                at = previous[at];
                continue;
            }
            following = previous[at];
            if (referenced[at] != 0) {
                move(at, active(pair));
            }
            if (at == last) {
                break;
            }
            at = following;
            i++;
        }
        rotation[pair] = following;
    }

    private int oldestUnreferenced(int pair) {
        int head = inactive(pair);
        int element = previous[head];
        for (int i = 0; i < VICTIM_SCANS && element != head; i++) {
            int before = previous[element];
            if (referenced[element] == 0) {
                return element;
            }
            move(element, active(pair));
            element = before;
        }
        return NONE;
    }

    /** Makes the element the newest of a list. */
    private void move(int element, int head) {
        detach(element);
        referenced[element] = 0;
        lists[element] = head;
        counts[head - capacity]++;
        int first = next[head];
        next[head] = element;
        previous[element] = head;
        next[element] = first;
        previous[first] = element;
    }

    private void detach(int element) {
        int head = lists[element];
        if (head == NONE) {
            return;
        }
        int pair = (head - capacity) / 2;
        if (rotation[pair] == element) {
            rotation[pair] = previous[element];
        }
        counts[head - capacity]--;
        next[previous[element]] = next[element];
        previous[next[element]] = previous[element];
    }
}
