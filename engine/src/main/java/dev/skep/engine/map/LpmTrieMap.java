package dev.skep.engine.map;

import dev.skep.object.host.Errno;
import dev.skep.object.map.MapSpec;
import java.util.Optional;

/**
 * {@code BPF_MAP_TYPE_LPM_TRIE} (kernel/bpf/lpm_trie.c): finds the longest stored prefix of a bit string. A key is a 32-bit
 * prefix length (in the machine's order) and up to 256 bytes whose bits count from the first byte's highest on.
 */
final class LpmTrieMap extends EngineMap {
    private final PrefixTrie trie;
    private final int longestPrefix;
    private final int limit;
    private int count;

    LpmTrieMap(MapSpec spec, MapHome home) {
        super(spec, home);
        this.longestPrefix = (keySize - 4) * 8;
        this.limit = spec.maxEntries();
        this.trie = new PrefixTrie(home, keySize, valueSize, Integer.toUnsignedLong(limit), programMayWrite());
    }

    private boolean isTooLong(long key) {
        return Integer.compareUnsigned(sandbox.getInt(key), longestPrefix) > 0;
    }

    @Override
    public long lookupElement(long key, int cpu) {
        return trie.lookup().find(key, cpu);
    }

    @Override
    public Optional<ElementLookup> elementLookup() {
        return Optional.of(trie.lookup());
    }

    @Override
    long updateEntry(long key, long value, long flags, int cpu) {
        if (flags < 0 || flags > EXIST || isTooLong(key)) {
            return Errno.EINVAL.negated();
        }
        synchronized (lock) {
            boolean present = trie.exactMatch(key) != PrefixTrie.NONE;
            if (present && flags == NOEXIST) {
                return Errno.EEXIST.negated();
            }
            if (!present && flags == EXIST) {
                return Errno.ENOENT.negated();
            }
            if (!present && count == limit) {
                return Errno.ENOSPC.negated();
            }
            if (!trie.put(key, value)) {
                return Errno.ENOMEM.negated();
            }
            count += present ? 0 : 1;
            return 0;
        }
    }

    @Override
    long deleteEntry(long key, int cpu) {
        if (isTooLong(key)) {
            return Errno.EINVAL.negated();
        }
        synchronized (lock) {
            if (!trie.remove(key)) {
                return Errno.ENOENT.negated();
            }
            count--;
            return 0;
        }
    }

    @Override
    int userLookup(long key, byte[] out, long flags) {
        long value = lookupElement(key, 0);
        if (value == 0) {
            return Errno.ENOENT.negated();
        }
        sandbox.read(value, out, 0, valueSize);
        return 0;
    }

    @Override
    int userNextKey(long key, long next) {
        int node = key == 0 || isTooLong(key) ? trie.first() : trie.after(key);
        if (node == PrefixTrie.NONE) {
            return Errno.ENOENT.negated();
        }
        sandbox.copy(trie.pool().key(node), next, keySize);
        return 0;
    }
}
