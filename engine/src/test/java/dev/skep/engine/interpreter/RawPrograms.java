package dev.skep.engine.interpreter;

import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineOptions;
import dev.skep.object.assembly.Assembler;
import dev.skep.object.host.Program;

/** Runs programs written as text, instructions separated by {@code ;} or line breaks. */
final class RawPrograms {
    private RawPrograms() {}

    /** r0 of a program that gets {@code memory}, in checked mode. */
    static long run(String text, byte[] memory) {
        return run(EngineOptions.defaults().withChecked(true), text, memory);
    }

    static long run(EngineOptions options, String text, byte[] memory) {
        try (EngineHost host = EngineHost.open(options)) {
            return host.loadRaw("test", Assembler.instructions("test", text.replace(';', '\n')))
                    .run(Program.Input.packet(memory))
                    .returnValue();
        }
    }
}
