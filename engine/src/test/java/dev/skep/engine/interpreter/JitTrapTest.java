package dev.skep.engine.interpreter;

import dev.skep.engine.EngineOptions;

class JitTrapTest extends TrapContract {
    JitTrapTest() {
        super(EngineOptions.Backend.JIT);
    }
}
