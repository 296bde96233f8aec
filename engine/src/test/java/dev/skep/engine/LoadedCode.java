package dev.skep.engine;

import dev.skep.engine.interpreter.CallTargets;
import dev.skep.engine.interpreter.Code;
import dev.skep.engine.map.Maps;
import java.util.Map;

/** A loaded program from inside, for tests that translate it once more. */
public record LoadedCode(Code code, CallTargets targets, Maps maps) {
    /** That of a program, which refers to nothing the kernel would have to provide. */
    public static LoadedCode of(EngineHost host, EngineProgram program) {
        Code code = program.code();
        return new LoadedCode(code, new HelperCalls(code.image(), host.options().checked(), Map.of()), host.maps());
    }
}
