package dev.skep.lang.map;

/** A map of any kind. */
public abstract class BpfMap {
    private final int maxEntries;

    /** For subclasses. @param maxEntries as they define it */
    protected BpfMap(int maxEntries) {
        this.maxEntries = maxEntries;
    }

    /** The most entries it can have; for a ring buffer its size in bytes. */
    public final int maxEntries() {
        return maxEntries;
    }
}
