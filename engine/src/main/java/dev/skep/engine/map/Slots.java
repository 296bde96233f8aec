package dev.skep.engine.map;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Things by small positive number. Adding and removing take a lock and copy the table; looking up neither locks nor
 * allocates. Numbers are used again, the one free for longest first.
 */
final class Slots<T> {
    private volatile List<Optional<T>> table = List.of(Optional.empty());
    private final ArrayDeque<Integer> freed = new ArrayDeque<>();

    synchronized int add(T thing) {
        List<Optional<T>> changed = new ArrayList<>(table);
        int number;
        if (freed.isEmpty()) {
            number = changed.size();
            changed.add(Optional.of(thing));
        } else {
            number = freed.remove();
            changed.set(number, Optional.of(thing));
        }
        table = changed;
        return number;
    }

    synchronized void remove(int number, T thing) {
        if (get(number).filter(thing::equals).isPresent()) {
            List<Optional<T>> changed = new ArrayList<>(table);
            changed.set(number, Optional.empty());
            table = changed;
            freed.add(number);
        }
    }

    Optional<T> get(int number) {
        List<Optional<T>> now = table;
        return number > 0 && number < now.size() ? now.get(number) : Optional.empty();
    }
}
