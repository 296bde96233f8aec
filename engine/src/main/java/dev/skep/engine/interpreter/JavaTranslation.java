package dev.skep.engine.interpreter;

import dev.skep.engine.JavaBody;

/** A program whose place Java code has taken. It has no functions that could be called back, only its start. */
public record JavaTranslation(JavaBody body) implements Translation {
    @Override
    public long run(int slot, LogicalCpu cpu, long r1, long r2, long r3, long r4, long r5, long frame) {
        return body.run(cpu, r1);
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
