package dev.skep.engine.map;

/** Some elements of an LRU map, in the order they were added. */
final class LruBatch {
    private final int[] elements;
    private int count;

    LruBatch(int room) {
        elements = new int[room];
    }

    int count() {
        return count;
    }

    int element(int index) {
        return elements[index];
    }

    boolean isFull() {
        return count == elements.length;
    }

    void add(int element) {
        elements[count++] = element;
    }

    void clear() {
        count = 0;
    }

    /** All go to the lists. */
    void moveTo(LruLists lists) {
        lists.addWaiting(elements, count);
        count = 0;
    }
}
