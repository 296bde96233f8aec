package dev.skep.lang.map;

import dev.skep.lang.NotInJavaException;
import dev.skep.lang.Struct;

/**
 * Values, the newest first. Since Linux 4.20.
 */
@MapKind("STACK")
public final class Stack<V extends Struct> extends BpfMap {
    /** A map. @param maxEntries the most entries it can have, a constant */
    public Stack(int maxEntries) {
        super(maxEntries);
    }

    /** Adds a value. @return 0, or a negative error number if there is no room */
    public int push(V value) {
        throw new NotInJavaException("push");
    }

    /** Takes a value out and copies it. @return 0, or a negative error number if there is none */
    public int pop(V target) {
        throw new NotInJavaException("pop");
    }

    /** Copies the value that {@link #pop} would take out. @return 0, or a negative error number if there is none */
    public int peek(V target) {
        throw new NotInJavaException("peek");
    }
}
