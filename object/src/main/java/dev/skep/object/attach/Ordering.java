package dev.skep.object.attach;

import java.util.OptionalLong;

/**
 * Where among the programs of one hook a new one goes, and whether to insist that nobody has changed them meanwhile.
 *
 * <pre>{@code
 * Ordering.LAST
 * Ordering.before(new Neighbour.Program(42))
 * Ordering.FIRST.atRevision(7)
 * }</pre>
 *
 * @param revision attach only if the hook is at this revision, which every change raises and a query tells
 */
public record Ordering(Position position, OptionalLong revision) {
    /** Before all others. */
    public static final Ordering FIRST = new Ordering(new Position.First(), OptionalLong.empty());

    /** After all others. */
    public static final Ordering LAST = new Ordering(new Position.Last(), OptionalLong.empty());

    /** Right before a program or link. */
    public static Ordering before(Neighbour neighbour) {
        return new Ordering(new Position.Before(neighbour), OptionalLong.empty());
    }

    /** Right after a program or link. */
    public static Ordering after(Neighbour neighbour) {
        return new Ordering(new Position.After(neighbour), OptionalLong.empty());
    }

    /**
     * In place of a program that was attached without a link; one attached by a link is replaced by updating the link.
     *
     * @param program the kernel's id
     */
    public static Ordering replacing(int program) {
        return new Ordering(new Position.Replace(program), OptionalLong.empty());
    }

    /** The same, but refused if the hook is not at this revision. @param expected at least 1 */
    public Ordering atRevision(long expected) {
        return new Ordering(position, OptionalLong.of(expected));
    }

    /** A place in the row of programs. */
    public sealed interface Position {
        /** Before all others. */
        record First() implements Position {}

        /** After all others. */
        record Last() implements Position {}

        /** Right before another. */
        record Before(Neighbour neighbour) implements Position {}

        /** Right after another. */
        record After(Neighbour neighbour) implements Position {}

        /** In place of a program. @param program the kernel's id */
        record Replace(int program) implements Position {}
    }
}
