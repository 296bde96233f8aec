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

    /** The address of the number of the list's head plus one, 0 for none. */
    long list(int node) {
        return address(node) + LIST;
    }

    /** The address of a byte that is 1 if the element was looked up since it came to its list. */
    long mark(int node) {
        return address(node) + MARK;
    }

    /** A look-up found the element. Needs no lock. */
    void use(int element) {
        long mark = mark(node(element));
        // Most are marked already; not to write keeps the line shared between CPUs.
        if (memory.getByte(mark) == 0) {
            memory.putByte(mark, (byte) 1);
        }
    }
}
