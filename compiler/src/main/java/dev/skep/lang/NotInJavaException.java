package dev.skep.lang;

/** Thrown by methods that exist only in BPF programs, when they are called on the JVM. */
public final class NotInJavaException extends UnsupportedOperationException {
    private static final long serialVersionUID = 1;

    /** For a method that was called. @param method its name, for the message */
    public NotInJavaException(String method) {
        super(method + " works in BPF programs only: load its class with Skep instead of calling it on the JVM");
    }
}
