package dev.skep.engine.helper;

import dev.skep.engine.memory.Sandbox;

/** Whether an address a program made up points at memory that is there, in any mode. */
final class LiveMemory {
    private LiveMemory() {}

    /** True if {@code length} bytes at {@code address} are live, and writable if {@code write}. */
    static boolean holds(Sandbox memory, long address, long length, boolean write) {
        return memory.regionAt(address)
                .filter(region ->
                        region.contains(address & (Sandbox.SIZE - 1), length) && (region.writable() || !write))
                .isPresent();
    }
}
