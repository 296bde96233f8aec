package dev.skep.jvm;

import dev.skep.engine.memory.Sandbox;

/** Where a struct lies. @param address in the engine's memory */
public record Place(Sandbox memory, long address) {
    Place plus(int bytes) {
        return new Place(memory, address + bytes);
    }
}
