package dev.skep.engine.map;

import java.util.concurrent.atomic.AtomicInteger;

/** Of a map that is full when it is full. */
final class FixedLimit implements EntryLimit {
    private final AtomicInteger left;

    FixedLimit(int entries) {
        left = new AtomicInteger(entries);
    }

    @Override
    public boolean take(int slot) {
        if (left.getAndDecrement() > 0) {
            return true;
        }
        left.getAndIncrement();
        return false;
    }

    @Override
    public boolean makeRoom(int slot, Evictor evictor) {
        return false;
    }

    @Override
    public void giveBack(int slot) {
        left.getAndIncrement();
    }

    @Override
    public void added(int element, int slot) {}

    @Override
    public void replaced(int old, int element, int slot) {}

    @Override
    public void removed(int element, int slot) {
        left.getAndIncrement();
    }
}
