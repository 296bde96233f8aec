package dev.skep.engine.map;

/**
 * Copies of keys for programs that walk over a map: rows of one key for each CPU and each walk inside another.
 */
final class KeyScratch {
    /** A program has at most 8 frames, so at most 7 walks are inside each other. */
    private static final int DEPTH = 8;

    private final MapBlocks blocks;
    private final int stride;
    private final int[] depths;
    private long base;

    KeyScratch(MapBlocks blocks, int keySize, int cpus) {
        this.blocks = blocks;
        this.stride = ElementPool.roundUp(keySize);
        this.depths = new int[cpus];
    }

    /** Room for a key of a walk that begins. */
    long open(int cpu) {
        synchronized (this) {
            if (base == 0) {
                base = blocks.allocate(stride, stride, (long) depths.length * DEPTH, false, "key");
            }
        }
        int depth = Math.min(depths[cpu]++, DEPTH - 1);
        return base + (long) (cpu * DEPTH + depth) * stride;
    }

    /** The walk is over. */
    void close(int cpu) {
        depths[cpu]--;
    }
}
