package dev.skep.engine.map;

import dev.skep.engine.direct.DirectMemory;
import dev.skep.engine.memory.Sandbox;

/**
 * A binary trie of bit strings. A node stands for a prefix; its children's prefixes go on with a 0 and a 1 bit. Nodes that
 * only join two others hold no entry.
 *
 * <p>Searching needs no lock, changing does: a change builds its nodes first and then puts them in place with one store.
 */
final class PrefixTrie {
    static final int NONE = ElementPool.NONE;

    private final Sandbox sandbox;
    private final ElementPool pool;
    private final PrefixLookup lookup;
    /** The links from the root to where the last descent ended. */
    private final long[] path;

    private int pathLength;

    PrefixTrie(MapHome home, int keySize, int valueSize, long room, boolean writable) {
        this.sandbox = home.sandbox();
        this.pool = new ElementPool(home, "value", keySize, valueSize, 0, 2 * room, 1, writable);
        long root = home.blocks().allocateHidden(Integer.BYTES, "root");
        int longest = (keySize - PrefixLookup.LENGTH_SIZE) * Byte.SIZE;
        this.lookup = new PrefixLookup(DirectMemory.of(sandbox), pool.layout(), root, longest);
        this.path = new long[longest + 2];
    }

    ElementPool pool() {
        return pool;
    }

    /** Finds the longest match. */
    PrefixLookup lookup() {
        return lookup;
    }

    private void setNode(long link, int node) {
        sandbox.atomics().storeRelease(link, Integer.BYTES, node + 1L);
    }

    private int child(int node, int bit) {
        return lookup.node(lookup.child(node, bit));
    }

    /** How many bits the node's prefix and the key have in common. */
    private int commonLength(int node, long key) {
        return lookup.common(pool.key(node), key, Math.min(lookup.length(node), sandbox.getInt(key)));
    }

    /** The entry for exactly this prefix, or {@link #NONE}. */
    int exactMatch(long key) {
        int node = descend(key);
        return node != NONE && isExact(node, key) && lookup.isEntry(node) ? node : NONE;
    }

    private boolean isExact(int node, long key) {
        int length = sandbox.getInt(key);
        return lookup.length(node) == length && commonLength(node, key) == length;
    }

    /** Follows the key down to the first node that is not a proper prefix of it; remembers the links on the way. */
    private int descend(long key) {
        int keyLength = sandbox.getInt(key);
        pathLength = 0;
        path[pathLength++] = lookup.root();
        int node = lookup.node(lookup.root());
        while (node != NONE) {
            int length = lookup.length(node);
            if (length >= keyLength || commonLength(node, key) < length) {
                return node;
            }
            long link = lookup.child(node, lookup.bit(key, length));
            path[pathLength++] = link;
            node = lookup.node(link);
        }
        return NONE;
    }

    /**
     * Stores an entry, in place of the one for the same prefix if there is one.
     *
     * @return false if running programs may still hold all nodes that are not in the trie
     */
    boolean put(long key, long value) {
        int at = descend(key);
        long link = path[pathLength - 1];
        int fresh = pool.take(0);
        int above = pool.take(0);
        if (above == NONE) {
            if (fresh != NONE) {
                pool.giveBack(fresh, 0);
            }
            return false;
        }
        prepare(fresh, key);
        sandbox.copy(value, pool.value(fresh), pool.valueSize());
        if (at == NONE) {
            setNode(link, fresh);
        } else if (isExact(at, key)) {
            setNode(lookup.child(fresh, 0), child(at, 0));
            setNode(lookup.child(fresh, 1), child(at, 1));
            setNode(link, fresh);
            pool.retire(at, 0);
        } else {
            int common = commonLength(at, key);
            if (common < sandbox.getInt(key)) {
                join(above, common, key, fresh, at);
                setNode(link, above);
                return true;
            }
            setNode(lookup.child(fresh, lookup.bit(pool.key(at), common)), at);
            setNode(link, fresh);
        }
        pool.giveBack(above, 0);
        return true;
    }

    /** Makes {@code above} the node above a fresh one and an old one that differ. */
    private void join(int above, int common, long key, int fresh, int old) {
        prepare(above, key);
        sandbox.putInt(pool.key(above), common | PrefixLookup.JOINS);
        int side = lookup.bit(key, common);
        setNode(lookup.child(above, side), fresh);
        setNode(lookup.child(above, 1 - side), old);
    }

    private void prepare(int node, long key) {
        pool.putKey(node, key);
        setNode(lookup.child(node, 0), NONE);
        setNode(lookup.child(node, 1), NONE);
    }

    /** Removes the entry for exactly this prefix. @return false if there is none */
    boolean remove(long key) {
        int node = exactMatch(key);
        if (node == NONE) {
            return false;
        }
        int zero = child(node, 0);
        int one = child(node, 1);
        if (zero != NONE && one != NONE) {
            sandbox.putInt(pool.key(node), lookup.length(node) | PrefixLookup.JOINS);
            return true;
        }
        setNode(path[pathLength - 1], zero != NONE ? zero : one);
        pool.retire(node, 0);
        if (zero == NONE && one == NONE) {
            dropUselessParent();
        }
        return true;
    }

    /** A node without an entry joins two; when one of them went, the other takes its place. */
    private void dropUselessParent() {
        if (pathLength < 2) {
            return;
        }
        long parentLink = path[pathLength - 2];
        int parent = lookup.node(parentLink);
        if (lookup.isEntry(parent)) {
            return;
        }
        int remaining = child(parent, 0) != NONE ? child(parent, 0) : child(parent, 1);
        setNode(parentLink, remaining);
        pool.retire(parent, 0);
    }

    /** The first entry in iteration order, children before parents and 0 before 1; {@link #NONE} if the trie is empty. */
    int first() {
        return firstBelow(lookup.root());
    }

    private int firstBelow(long link) {
        int node = lookup.node(link);
        while (node != NONE) {
            int child = child(node, 0);
            if (child == NONE) {
                child = child(node, 1);
            }
            if (child == NONE) {
                return node;
            }
            node = child;
        }
        return NONE;
    }

    /** The entry after that for exactly this prefix, {@link #NONE} at the end; the first if there is no such entry. */
    int after(long key) {
        int node = exactMatch(key);
        if (node == NONE) {
            return first();
        }
        for (int depth = pathLength - 1; depth > 0; depth--) {
            int parent = lookup.node(path[depth - 1]);
            boolean wasZero = path[depth] == lookup.child(parent, 0);
            if (wasZero && child(parent, 1) != NONE) {
                return firstBelow(lookup.child(parent, 1));
            }
            if (lookup.isEntry(parent)) {
                return parent;
            }
        }
        return NONE;
    }
}
