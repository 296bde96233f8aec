package dev.skep.verifier.program;

import dev.skep.object.program.FunctionSpec.Linkage;

/**
 * A function of the program.
 *
 * @param index its place in the program, 0 for the entry
 * @param start its first slot @param end the slot after its last
 * @param linkage global ones are verified on their own
 * @param typeId BTF id of its FUNC in the object's types, 0 if none
 */
public record Subprogram(int index, String name, int start, int end, Linkage linkage, int typeId) {
    public boolean isGlobal() {
        return linkage == Linkage.GLOBAL;
    }

    public boolean contains(int slot) {
        return slot >= start && slot < end;
    }
}
