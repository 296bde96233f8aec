package dev.skep.object.attach;

/** A program already attached to a hook, beside which another is put. */
public sealed interface Neighbour {
    /** In words, for messages. */
    String describe();

    /** A program by the kernel's id for it. @param id at least 1 */
    record Program(int id) implements Neighbour {
        @Override
        public String describe() {
            return "program " + id;
        }
    }

    /** A link by the kernel's id for it: needed where one program is attached twice. @param id at least 1 */
    record Link(int id) implements Neighbour {
        @Override
        public String describe() {
            return "link " + id;
        }
    }
}
