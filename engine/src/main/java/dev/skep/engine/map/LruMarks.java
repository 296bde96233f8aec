package dev.skep.engine.map;

import dev.skep.engine.direct.DirectMemory;

/**
 * The nodes of an LRU map's lists, in the sandbox: the heads of the lists first, then one for each element, with its neighbours,
 * its list, and a mark that look-ups set. A record for their sake: see {@link ElementLookup}.
 *
 * @param base address of node 0
 * @param heads how many nodes are heads
 */
record LruMarks(DirectMemory memory, long base, int heads) {
    /** Of {@link #list}: the element is in no list. */
    static final int NO_LIST = -1;
    /** Of {@link #list}: the element was added and is in no list yet. */
    static final int WAITING = -2;

    private static final int NODE_SIZE = 16;
    private static final int NEXT = 4;
    private static final int LIST = 8;
    private static final int MARK = 12;

    static LruMarks allocate(MapHome home, int heads, int elements) {
        long base = home.blocks().allocateHidden((heads + (long) elements) * NODE_SIZE, "LRU lists");
        return new LruMarks(DirectMemory.of(home.sandbox()), base, heads);
    }

    /** The node of an element. */
    int node(int element) {
        return heads + element;
    }

    /** The element of a node that is no head. */
    int element(int node) {
        return node - heads;
    }

    private long address(int node) {
        return base + (long) node * NODE_SIZE;
    }

    /** The address of the number of the node before this one in its list. */
    long previous(int node) {
        return address(node);
    }

    /** The address of the number of the node after this one in its list. */
    long next(int node) {
        return address(node) + NEXT;
    }

    /** The list's head is kept plus one, so that it is {@link #NO_LIST} in fresh memory. */
    private long listAt(int node) {
        return address(node) + LIST;
    }

    /** The head of the list the node is in, {@link #NO_LIST} or {@link #WAITING}. */
    int list(int node) {
        return memory.getIntAcquire(listAt(node)) - 1;
    }

    void setList(int node, int list) {
        memory.putIntRelease(listAt(node), list + 1);
    }

    /** Sets the list if it is {@code from}, which several threads may do at once. @return true for the one that did */
    boolean changeList(int node, int from, int to) {
        return memory.compareAndSetInt(listAt(node), from + 1, to + 1);
    }

    /** The address of a byte that is 1 if the element was looked up since it came to its list. */
    private long mark(int node) {
        return address(node) + MARK;
    }

    /** True if the element was looked up since it came to its list. */
    boolean isMarked(int node) {
        return memory.getByte(mark(node)) != 0;
    }

    /** A look-up found the element. Needs no lock. */
    void use(int element) {
        long mark = mark(node(element));
        // Most are marked already; not to write keeps the line shared between CPUs.
        if (memory.getByte(mark) == 0) {
            memory.putByte(mark, (byte) 1);
        }
    }

    /** The element is as good as never looked up. */
    void clearMark(int node) {
        memory.putByte(mark(node), (byte) 0);
    }
}
