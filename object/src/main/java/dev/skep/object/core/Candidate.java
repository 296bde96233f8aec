package dev.skep.object.core;

/** A type of a target whose name and kind make it a possible counterpart of a type of the program. */
record Candidate(TypeSpace space, int typeId) {
    /** For example {@code [42] struct task_struct of vmlinux}. */
    String text() {
        return "[" + typeId + "] " + TypeText.of(space.type(typeId)) + " of " + space.name();
    }
}
