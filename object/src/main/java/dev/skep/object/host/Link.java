package dev.skep.object.host;

/** A program attached to something. Closing it detaches. */
public interface Link extends AutoCloseable {
    /** The attached program. */
    Program program();

    /** Where it is attached, in words. */
    String target();

    @Override
    void close();
}
