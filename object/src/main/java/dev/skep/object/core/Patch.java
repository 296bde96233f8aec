package dev.skep.object.core;

/**
 * What a relocation does to an instruction (libbpf, {@code struct bpf_core_relo_res}).
 *
 * @param oldValue what the compiler should have put there
 * @param newValue what the target asks for
 * @param poison the target has nothing to put there: the instruction becomes invalid
 * @param checked {@code oldValue} is certain, and an instruction that has another number is a mistake
 * @param oldSize bytes a load or store takes in the program, 0 if that does not matter @param newSize likewise in the target
 * @param resizable a load or store may change from one size to the other without changing what is read
 */
record Patch(
        long oldValue, long newValue, boolean poison, boolean checked, long oldSize, long newSize, boolean resizable) {

    /** Numbers alone. */
    static Patch of(long oldValue, long newValue, boolean checked) {
        return new Patch(oldValue, newValue, false, checked, 0, 0, true);
    }

    /** Nothing to put there. */
    static Patch poison(long oldValue) {
        return new Patch(oldValue, 0, true, true, 0, 0, true);
    }

    /** True if loads and stores must change their size, and cannot. */
    boolean resizeFails() {
        return oldSize != newSize && !resizable;
    }
}
