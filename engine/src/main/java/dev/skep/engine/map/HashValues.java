package dev.skep.engine.map;

/** Looks up in a {@code BPF_MAP_TYPE_HASH}: the value stands in the element. */
record HashValues(HashLookup keys) implements ElementLookup {
    @Override
    public long find(long key, int cpu) {
        int element = keys.find(key);
        return element == ElementPool.NONE ? 0 : keys.elements().value(element);
    }
}
