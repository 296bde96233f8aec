package dev.skep.engine.map;

import dev.skep.engine.memory.Sandbox;
import dev.skep.object.map.MapSpec;

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

    private final Sandbox sandbox;
    private final LruMarks nodes;
    private final int pairs;
    private final int limitPerPair;
    /** By head: how many elements are in that list. */
    private final int[] counts;
    /** By pair: where the next round over the inactive list begins. */
    private final int[] rotation;

    private LruEviction(Sandbox sandbox, LruMarks nodes, int pairs, int limitPerPair) {
        this.sandbox = sandbox;
        this.nodes = nodes;
        this.pairs = pairs;
        this.limitPerPair = limitPerPair;
        this.counts = new int[2 * pairs];
        this.rotation = new int[pairs];
        for (int head = 0; head < 2 * pairs; head++) {
            setPrevious(head, head);
            setNext(head, head);
        }
        for (int pair = 0; pair < pairs; pair++) {
            rotation[pair] = inactive(pair);
        }
    }

    /** @param capacity number of elements there are, more than may be in the map */
    static LruEviction of(MapSpec spec, MapHome home, int capacity, int cpus) {
        boolean common = (spec.flags() & MapFlags.NO_COMMON_LRU) == 0;
        int pairs = common ? 1 : cpus;
        LruMarks nodes = LruMarks.allocate(home, 2 * pairs, capacity);
        return new LruEviction(
                home.sandbox(), nodes, pairs, common ? spec.maxEntries() : Math.max(1, spec.maxEntries() / cpus));
    }

    /** Notes which elements are used. */
    LruMarks marks() {
        return nodes;
    }

    private int previous(int node) {
        return sandbox.getInt(nodes.previous(node));
    }

    private void setPrevious(int node, int to) {
        sandbox.putInt(nodes.previous(node), to);
    }

    private int next(int node) {
        return sandbox.getInt(nodes.next(node));
    }

    private void setNext(int node, int to) {
        sandbox.putInt(nodes.next(node), to);
    }

    /** The head of the node's list, {@link #NONE} if it is in none. */
    private int list(int node) {
        return sandbox.getInt(nodes.list(node)) - 1;
    }

    private void setList(int node, int head) {
        sandbox.putInt(nodes.list(node), head + 1);
    }

    private boolean isReferenced(int node) {
        return sandbox.getByte(nodes.mark(node)) != 0;
    }

    private void clearReferenced(int node) {
        sandbox.putByte(nodes.mark(node), (byte) 0);
    }

    private int active(int pair) {
        return 2 * pair;
    }

    private int inactive(int pair) {
        return 2 * pair + 1;
    }

    private int count(int head) {
        return counts[head];
    }

    private int pairOf(int cpu) {
        return pairs == 1 ? 0 : cpu;
    }

    /** A lookup found the element. */
    void used(int element) {
        nodes.use(element);
    }

    /** The element is in the map now. */
    void added(int element, int cpu) {
        move(nodes.node(element), inactive(pairOf(cpu)));
    }

    /** The element is in the map no more. */
    void removed(int element) {
        int node = nodes.node(element);
        detach(node);
        setList(node, NONE);
        clearReferenced(node);
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
            return nodes.element(victim);
        }
        int list = count(inactive(pair)) > 0 ? inactive(pair) : active(pair);
        return nodes.element(previous(list));
    }

    /** From the oldest active nodes, the referenced stay and the others become inactive. */
    private void rotateActive(int pair) {
        int head = active(pair);
        int newest = next(head);
        int node = previous(head);
        for (int i = 0; i < ROTATION_SCANS && node != head; i++) {
            int before = previous(node);
            move(node, isReferenced(node) ? head : inactive(pair));
            if (node == newest) {
                return;
            }
            node = before;
        }
    }

    /** Referenced nodes of the inactive list become active; goes on where it stopped last time. */
    private void rotateInactive(int pair) {
        int head = inactive(pair);
        if (count(head) == 0) {
            return;
        }
        int last = next(rotation[pair]);
        if (last == head) {
            last = next(last);
        }
        int at = rotation[pair];
        int following = at;
        for (int i = 0; i < ROTATION_SCANS; ) {
            if (at == head) {
                at = previous(at);
                continue;
            }
            following = previous(at);
            if (isReferenced(at)) {
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
        int node = previous(head);
        for (int i = 0; i < VICTIM_SCANS && node != head; i++) {
            int before = previous(node);
            if (!isReferenced(node)) {
                return node;
            }
            move(node, active(pair));
            node = before;
        }
        return NONE;
    }

    /** Makes the node the newest of a list. */
    private void move(int node, int head) {
        detach(node);
        clearReferenced(node);
        setList(node, head);
        counts[head]++;
        int first = next(head);
        setNext(head, node);
        setPrevious(node, head);
        setNext(node, first);
        setPrevious(first, node);
    }

    private void detach(int node) {
        int head = list(node);
        if (head == NONE) {
            return;
        }
        int pair = head / 2;
        if (rotation[pair] == node) {
            rotation[pair] = previous(node);
        }
        counts[head]--;
        setNext(previous(node), next(node));
        setPrevious(next(node), previous(node));
    }
}
