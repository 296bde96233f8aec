package dev.skep.engine.map;

/**
 * How many entries a hash map may have: who adds one takes the right to before, and whoever removes one gives it back. Called by
 * program {@code slot}s, the logical CPUs, and by the user's side as one more, each by one thread at a time.
 */
sealed interface EntryLimit permits FixedLimit, LruEviction {
    /** The right to add an entry. Usable while buckets are locked. @return false if there is none at hand */
    boolean take(int slot);

    /**
     * Makes room by removing entries, and takes the right to add one. No bucket may be locked.
     *
     * @return false if nothing can be removed
     */
    boolean makeRoom(int slot, Evictor evictor);

    /** A right that was taken is not used. */
    void giveBack(int slot);

    /** An element with a new key is in the map. */
    void added(int element, int slot);

    /** An element took the place of another with the same key. */
    void replaced(int old, int element, int slot);

    /** An element is in the map no more, and the right to its entry is given back. */
    void removed(int element, int slot);

    /** Takes entries out of the map. */
    @FunctionalInterface
    interface Evictor {
        /** @return false if it was not in the map */
        boolean evict(int element);
    }
}
