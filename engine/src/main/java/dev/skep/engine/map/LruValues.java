package dev.skep.engine.map;

/** Looks up in a {@code BPF_MAP_TYPE_LRU_HASH}: as {@link HashValues}, and what is found is marked as used. */
record LruValues(HashLookup keys, LruMarks marks) implements ElementLookup {
    @Override
    public long find(long key, int cpu) {
        int element = keys.find(key);
        if (element == ElementPool.NONE) {
            return 0;
        }
        marks.use(element);
        return keys.elements().value(element);
    }
}
