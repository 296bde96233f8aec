package dev.skep.engine.map;

import dev.skep.engine.memory.Sandbox;

/**
 * A pair of lists of elements, active and inactive, newest first, and how many entries its share of the map has left. Works as
 * kernel/bpf/bpf_lru_list.c describes: marks that look-ups set give elements another round in the active list; the oldest unmarked
 * inactive ones go.
 *
 * <p>All methods but the constructor hold its lock. Nothing else is locked meanwhile.
 */
final class LruLists {
    private static final int NONE = LruMarks.NO_LIST;

    private final Sandbox sandbox;
    private final LruMarks nodes;
    private final int active;
    private final int inactive;
    /** How many elements are looked at in a turn ({@code nr_scans}). */
    private final int scans;

    private int activeCount;
    private int inactiveCount;
    /** Where the next round over the inactive list begins. */
    private int rotation;
    /** Entries that may be added before one has to go. */
    private int free;

    /** @param pair which pair of heads among the nodes is this one's */
    LruLists(Sandbox sandbox, LruMarks nodes, int pair, int scans, int entries) {
        this.sandbox = sandbox;
        this.nodes = nodes;
        this.active = 2 * pair;
        this.inactive = 2 * pair + 1;
        this.scans = scans;
        this.free = entries;
        this.rotation = inactive;
        for (int head : new int[] {active, inactive}) {
            setPrevious(head, head);
            setNext(head, head);
        }
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

    /** Adds elements that waited, oldest first, unless they are gone meanwhile. */
    synchronized void addWaiting(int[] elements, int count) {
        for (int i = 0; i < count; i++) {
            int node = nodes.node(elements[i]);
            if (nodes.changeList(node, LruMarks.WAITING, NONE)) {
                move(node, nodes.isMarked(node) ? active : inactive);
            }
        }
    }

    /** Adds an element. */
    synchronized void add(int element) {
        move(nodes.node(element), inactive);
    }

    /** Takes an element out if it is in. @param gone true if its entry may be used by another */
    synchronized void remove(int element, boolean gone) {
        detach(nodes.node(element));
        free += gone ? 1 : 0;
    }

    /** Entries are not used. */
    synchronized void giveBack(int entries) {
        free += entries;
    }

    /**
     * Takes up to {@code wanted} entries of those that are free. If there are not as many, elements are taken out of the lists instead,
     * until it is {@code batch} together, at least one if there is one: they are to be removed from the map.
     *
     * @param victims where these go
     * @return how many entries were free
     */
    synchronized int take(int wanted, int batch, LruBatch victims) {
        rotate();
        int taken = Math.min(free, wanted);
        free -= taken;
        victims.clear();
        if (taken < wanted) {
            shrink(batch - taken, victims);
        }
        return taken;
    }

    private void rotate() {
        if (inactiveCount < activeCount) {
            rotateActive();
        }
        if (inactiveCount > 0) {
            rotateInactive();
        }
    }

    /** From the oldest active nodes, the referenced stay and the others become inactive. */
    private void rotateActive() {
        int newest = next(active);
        int node = previous(active);
        for (int i = 0; i < scans && node != active; i++) {
            int before = previous(node);
            move(node, nodes.isMarked(node) ? active : inactive);
            if (node == newest) {
                return;
            }
            node = before;
        }
    }

    /** Referenced nodes of the inactive list become active; goes on where it stopped last time. */
    private void rotateInactive() {
        int last = next(rotation);
        if (last == inactive) {
            last = next(last);
        }
        int at = rotation;
        int following = at;
        for (int i = 0; i < scans; ) {
            if (at == inactive) {
                at = previous(at);
                continue;
            }
            following = previous(at);
            if (nodes.isMarked(at)) {
                move(at, active);
            }
            if (at == last) {
                break;
            }
            at = following;
            i++;
        }
        rotation = following;
    }

    private void shrink(int wanted, LruBatch victims) {
        int node = previous(inactive);
        for (int i = 0; i < scans && node != inactive && victims.count() < wanted; i++) {
            int before = previous(node);
            if (nodes.isMarked(node)) {
                move(node, active);
            } else {
                give(node, victims);
            }
            node = before;
        }
        if (victims.count() == 0 && inactiveCount + activeCount > 0) {
            give(previous(inactiveCount > 0 ? inactive : active), victims);
        }
    }

    private void give(int node, LruBatch victims) {
        detach(node);
        victims.add(nodes.element(node));
    }

    /** Makes the node the newest of a list. */
    private void move(int node, int head) {
        detach(node);
        nodes.clearMark(node);
        count(head, 1);
        int first = next(head);
        setNext(head, node);
        setPrevious(node, head);
        setNext(node, first);
        setPrevious(first, node);
        nodes.setList(node, head);
    }

    private void detach(int node) {
        int head = nodes.list(node);
        if (head != active && head != inactive) {
            return;
        }
        if (rotation == node) {
            rotation = previous(node);
        }
        nodes.setList(node, NONE);
        count(head, -1);
        setNext(previous(node), next(node));
        setPrevious(next(node), previous(node));
    }

    private void count(int head, int more) {
        if (head == active) {
            activeCount += more;
        } else {
            inactiveCount += more;
        }
    }
}
