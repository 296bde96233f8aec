package dev.skep.engine.map;

import dev.skep.object.host.Errno;
import dev.skep.object.map.MapSpec;
import java.util.BitSet;

/**
 * {@code BPF_MAP_TYPE_ARENA} (kernel/bpf/arena.c): memory of its own for programs and Java, handed out by pages of 4096
 * bytes. An arena pointer is a sandbox address, so that casting between address spaces changes nothing; {@code map_extra} is
 * not looked at. A page that was not handed out reads as zeros.
 */
public final class ArenaMap extends EngineMap {
    /** Bytes of a page. */
    public static final int PAGE_SIZE = 4096;

    private final int pages;
    private final long base;
    private final BitSet used;

    ArenaMap(MapSpec spec, MapHome home) {
        super(spec, home);
        this.pages = spec.maxEntries();
        this.base = blocks.allocatePages(pages, PAGE_SIZE, "arena");
        this.used = new BitSet(pages);
    }

    /** The address of its first byte, a multiple of {@link #PAGE_SIZE}. */
    public long base() {
        return base;
    }

    /** Bytes from {@link #base} on. */
    public long size() {
        return (long) pages * PAGE_SIZE;
    }

    /**
     * {@code bpf_arena_alloc_pages}: the address of {@code count} unused pages in a row, zeroed.
     *
     * @param wanted the address they should have, 0 for any
     * @return 0 if there are none, or {@code wanted} is no page of the arena
     */
    public long allocatePages(long wanted, long count) {
        if (count <= 0 || count > pages) {
            return 0;
        }
        synchronized (lock) {
            int first = wanted == 0 ? findFree((int) count) : page(wanted);
            if (first < 0
                    || first + count > pages
                    || used.get(first, (int) (first + count)).cardinality() != 0) {
                return 0;
            }
            used.set(first, (int) (first + count));
            return base + (long) first * PAGE_SIZE;
        }
    }

    private int findFree(int count) {
        int first = used.nextClearBit(0);
        while (first + count <= pages) {
            int next = used.nextSetBit(first);
            if (next < 0 || next - first >= count) {
                return first;
            }
            first = used.nextClearBit(next);
        }
        return -1;
    }

    private int page(long address) {
        long offset = (address & 0xffff_ffffL) - base;
        return offset < 0 || offset >= size() || offset % PAGE_SIZE != 0 ? -1 : (int) (offset / PAGE_SIZE);
    }

    /** {@code bpf_arena_free_pages}: gives pages back; those that were not handed out are passed over. */
    public void freePages(long address, long count) {
        synchronized (lock) {
            int first = page(address);
            if (first < 0) {
                return;
            }
            int end = (int) Math.min(pages, first + Math.max(0, Math.min(count, pages)));
            sandbox.fill(base + (long) first * PAGE_SIZE, (long) (end - first) * PAGE_SIZE, (byte) 0);
            used.clear(first, end);
        }
    }

    /** Copies bytes out, as the user's mapping of the arena shows them. */
    public byte[] read(long offset, int length) {
        requireInside(offset, length);
        return sandbox.toArray(base + offset, length);
    }

    /** Copies bytes in, as through the user's mapping; the pages count as handed out from then on. */
    public void write(long offset, byte[] bytes) {
        requireInside(offset, bytes.length);
        synchronized (lock) {
            if (bytes.length > 0) {
                used.set((int) (offset / PAGE_SIZE), (int) ((offset + bytes.length - 1) / PAGE_SIZE) + 1);
            }
            sandbox.write(bytes, 0, base + offset, bytes.length);
        }
    }

    private void requireInside(long offset, long length) {
        if (offset < 0 || length > size() || offset > size() - length) {
            throw refusal(Errno.EFAULT, "access", length + " bytes at offset " + offset + ", the arena has " + size());
        }
    }

    @Override
    public long directValue(long offset) {
        if (offset < 0 || offset >= size()) {
            throw refusal(Errno.EINVAL, "address at offset " + offset, "the arena has " + size() + " bytes");
        }
        return base + offset;
    }

    @Override
    int userLookup(long key, byte[] out, long flags) {
        return Errno.EINVAL.negated();
    }
}
