package dev.skep.verifier;

/** What is at fault in a rejection, as the verifier sees it. */
public sealed interface Culprit {
    /** As it is written in a sentence: {@code R3}, {@code the 8 bytes of stack at fp-16}. */
    String text();

    /** A register. @param frame 0 for the program's entry, 1 for what it calls ... @param number 0 to 10 */
    record Register(int frame, int number) implements Culprit {
        @Override
        public String text() {
            return "R" + number;
        }
    }

    /** Bytes of the stack. @param frame whose stack @param offset from the frame pointer, negative @param size in bytes */
    record StackSlot(int frame, int offset, int size) implements Culprit {
        @Override
        public String text() {
            return "the " + size + (size == 1 ? " byte" : " bytes") + " of stack at fp" + offset;
        }
    }

    /** A part of the context. @param size in bytes @param write true if it was to be written */
    record ContextField(int offset, int size, boolean write) implements Culprit {
        @Override
        public String text() {
            return "the context at offset " + offset;
        }
    }

    /**
     * An argument of a call.
     *
     * @param callee name of the helper, kernel function or function
     * @param number 1 to 5, also the register's
     * @param frame the caller's
     */
    record Argument(int frame, String callee, int number) implements Culprit {
        @Override
        public String text() {
            return "argument " + number + " of " + callee;
        }
    }

    /** What a call refers to: a helper, kernel function, function or map that cannot be used. */
    record Callee(String name) implements Culprit {
        @Override
        public String text() {
            return name;
        }
    }

    /** Something acquired: an object, a lock. @param what in words @param acquiredAt slot of the instruction that did */
    record Acquired(String what, int acquiredAt) implements Culprit {
        @Override
        public String text() {
            return what + " acquired at instruction " + acquiredAt;
        }
    }

    /** A loop. @param headSlot slot of the instruction that is reached again and again */
    record Loop(int headSlot) implements Culprit {
        @Override
        public String text() {
            return "the loop at instruction " + headSlot;
        }
    }

    /** The instruction itself, or the program as a whole if there is none. */
    record Code() implements Culprit {
        @Override
        public String text() {
            return "this instruction";
        }
    }
}
