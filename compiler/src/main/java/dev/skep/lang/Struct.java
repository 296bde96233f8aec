package dev.skep.lang;

/**
 * A structure laid out as C does: the fields of a subclass in their order, each at a multiple of its alignment.
 *
 * <pre>{@code
 * final class Key extends Struct {
 *     int address;
 *     @BigEndian @Unsigned short port;
 *     @Unsigned byte protocol;
 *     @Length(16) byte[] name;
 * }
 * }</pre>
 *
 * <p>In a program a reference to a struct is a pointer: {@code null} is null, {@code new Key()} is a zeroed place on the stack,
 * which one and the same {@code new} uses again each time it is reached. Fields are {@code boolean}, {@code byte}, {@code short},
 * {@code char}, {@code int}, {@code long}, arrays of these, and other structs, which lie inside.
 */
public abstract class Struct {
    /** For subclasses. */
    protected Struct() {}
}
