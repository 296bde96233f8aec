package dev.skep.engine.map;

import dev.skep.engine.memory.Sandbox;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A binary trie of bit strings. A node stands for a prefix; its children's prefixes go on with a 0 and a 1 bit. Nodes that
 * only join two others hold no entry.
 *
 * <p>Searching needs no lock, changing does: a change builds its nodes first and then puts them in place with one store.
 */
final class PrefixTrie {
    static final int NONE = ElementPool.NONE;

    private static final VarHandle LINK = MethodHandles.arrayElementVarHandle(int[].class);
    /** Where the link to the root is. */
    private static final int ROOT = 0;

    private final Sandbox sandbox;
    private final ElementPool pool;
    /** Nodes plus one, 0 for none: the root, then two for each node. */
    private final int[] links;
    /** By node: whether it holds an entry. */
    private final boolean[] entries;
    /** The links from the root to where the last descent ended. */
    private final int[] path;

    private int pathLength;

    PrefixTrie(MapHome home, int keySize, int valueSize, long room, boolean writable) {
        this.sandbox = home.sandbox();
        this.pool = new ElementPool(home, "value", keySize, valueSize, 0, 2 * room, writable);
        this.links = new int[1 + 2 * pool.capacity()];
        this.entries = new boolean[pool.capacity()];
        this.path = new int[(keySize - 4) * 8 + 2];
    }

    ElementPool pool() {
        return pool;
    }

    private int node(int link) {
        return (int) LINK.getAcquire(links, link) - 1;
    }

    private void setNode(int link, int node) {
        LINK.setRelease(links, link, node + 1);
    }

    private static int childLink(int node, int bit) {
        return 1 + 2 * node + bit;
    }

    private int lengthOf(int node) {
        return sandbox.getInt(pool.key(node));
    }

    private int bit(long key, int position) {
        return (sandbox.getByte(key + 4 + (position >>> 3)) >>> (7 - (position & 7))) & 1;
    }

    /** How many bits the node's prefix and the key have in common. */
    private int commonLength(int node, long key) {
        long mine = pool.key(node);
        int most = Math.min(sandbox.getInt(mine), sandbox.getInt(key));
        for (int at = 0; at < most; at += 8) {
            int difference = (sandbox.getByte(mine + 4 + (at >>> 3)) ^ sandbox.getByte(key + 4 + (at >>> 3))) & 0xff;
            if (difference != 0) {
                return Math.min(most, at + Integer.numberOfLeadingZeros(difference) - 24);
            }
        }
        return most;
    }

    /** The entry with the longest prefix of the key, or {@link #NONE}. */
    int longestMatch(long key) {
        int keyLength = sandbox.getInt(key);
        int found = NONE;
        int node = node(ROOT);
        while (node != NONE) {
            int length = lengthOf(node);
            if (commonLength(node, key) < length) {
                break;
            }
            if (entries[node]) {
                found = node;
            }
            if (length >= keyLength) {
                break;
            }
            node = node(childLink(node, bit(key, length)));
        }
        return found;
    }

    /** The entry for exactly this prefix, or {@link #NONE}. */
    int exactMatch(long key) {
        int node = descend(key);
        return node != NONE && isExact(node, key) && entries[node] ? node : NONE;
    }

    private boolean isExact(int node, long key) {
        int length = sandbox.getInt(key);
        return lengthOf(node) == length && commonLength(node, key) == length;
    }

    /** Follows the key down to the first node that is not a proper prefix of it; remembers the links on the way. */
    private int descend(long key) {
        int keyLength = sandbox.getInt(key);
        pathLength = 0;
        path[pathLength++] = ROOT;
        int node = node(ROOT);
        while (node != NONE) {
            int length = lengthOf(node);
            if (length >= keyLength || commonLength(node, key) < length) {
                return node;
            }
            int link = childLink(node, bit(key, length));
            path[pathLength++] = link;
            node = node(link);
        }
        return NONE;
    }

    /** Stores an entry, in place of the one for the same prefix if there is one. There has to be room. */
    void put(long key, long value) {
        int at = descend(key);
        int link = path[pathLength - 1];
        int fresh = newNode(key, true);
        sandbox.copy(value, pool.value(fresh), pool.valueSize());
        if (at == NONE) {
            setNode(link, fresh);
        } else if (isExact(at, key)) {
            links[childLink(fresh, 0)] = links[childLink(at, 0)];
            links[childLink(fresh, 1)] = links[childLink(at, 1)];
            setNode(link, fresh);
            pool.retire(at);
        } else {
            setNode(link, join(fresh, key, at));
        }
    }

    /** The node above a fresh one and an old one that differ, or one of which starts the other. */
    private int join(int fresh, long key, int old) {
        int common = commonLength(old, key);
        if (common == sandbox.getInt(key)) {
            links[childLink(fresh, bit(pool.key(old), common))] = old + 1;
            return fresh;
        }
        int above = newNode(key, false);
        sandbox.putInt(pool.key(above), common);
        int side = bit(key, common);
        links[childLink(above, side)] = fresh + 1;
        links[childLink(above, 1 - side)] = old + 1;
        return above;
    }

    private int newNode(long key, boolean entry) {
        int node = pool.take();
        pool.putKey(node, key);
        entries[node] = entry;
        links[childLink(node, 0)] = 0;
        links[childLink(node, 1)] = 0;
        return node;
    }

    /** Removes the entry for exactly this prefix. @return false if there is none */
    boolean remove(long key) {
        int node = exactMatch(key);
        if (node == NONE) {
            return false;
        }
        int zero = links[childLink(node, 0)];
        int one = links[childLink(node, 1)];
        if (zero != 0 && one != 0) {
            entries[node] = false;
            return true;
        }
        LINK.setRelease(links, path[pathLength - 1], zero != 0 ? zero : one);
        pool.retire(node);
        if (zero == 0 && one == 0) {
            dropUselessParent();
        }
        return true;
    }

    /** A node without an entry joins two; when one of them went, the other takes its place. */
    private void dropUselessParent() {
        if (pathLength < 2) {
            return;
        }
        int parentLink = path[pathLength - 2];
        int parent = node(parentLink);
        if (entries[parent]) {
            return;
        }
        int remaining = links[childLink(parent, 0)] != 0 ? links[childLink(parent, 0)] : links[childLink(parent, 1)];
        LINK.setRelease(links, parentLink, remaining);
        pool.retire(parent);
    }

    /** The first entry in iteration order, children before parents and 0 before 1; {@link #NONE} if the trie is empty. */
    int first() {
        return firstBelow(ROOT);
    }

    private int firstBelow(int link) {
        int node = node(link);
        while (node != NONE) {
            int child = node(childLink(node, 0));
            if (child == NONE) {
                child = node(childLink(node, 1));
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
            int parent = node(path[depth - 1]);
            boolean wasZero = path[depth] == childLink(parent, 0);
            if (wasZero && node(childLink(parent, 1)) != NONE) {
                return firstBelow(childLink(parent, 1));
            }
            if (entries[parent]) {
                return parent;
            }
        }
        return NONE;
    }
}
