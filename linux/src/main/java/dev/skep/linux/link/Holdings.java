package dev.skep.linux.link;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What an attachment owns: gathered while it is made, given up at once if that fails, else when it is closed. What is
 * held must bear being closed twice, and throw nothing then.
 */
final class Holdings implements AutoCloseable {
    private final Deque<AutoCloseable> held = new ArrayDeque<>();

    /** Takes ownership. @return what was given */
    <T extends AutoCloseable> T hold(T thing) {
        held.push(thing);
        return thing;
    }

    /** Closes everything, the last first. */
    @Override
    public void close() {
        while (!held.isEmpty()) {
            try {
                held.pop().close();
            } catch (Exception e) { // declared by the interface; descriptors throw none
                throw new IllegalStateException("closing what an attachment held", e);
            }
        }
    }
}
