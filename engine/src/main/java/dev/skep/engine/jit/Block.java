package dev.skep.engine.jit;

/**
 * Operations that are executed one after the other, with no way in but at the start and no way out but at the end.
 *
 * @param first position of the first operation
 * @param end the position after the last
 * @param successors blocks it may lead to: the next one first, if it may go on there, then the target of its jump
 */
record Block(int first, int end, int[] successors) {
    /** How many operations it has. */
    int length() {
        return end - first;
    }
}
