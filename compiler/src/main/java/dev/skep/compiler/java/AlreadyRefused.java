package dev.skep.compiler.java;

/** Thrown where something depends on what has been refused before: there is nothing to say about it. */
final class AlreadyRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    AlreadyRefused() {
        super(null, null, false, false);
    }
}
