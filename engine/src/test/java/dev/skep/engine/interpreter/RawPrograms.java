package dev.skep.engine.interpreter;

import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineOptions;
import dev.skep.object.assembly.Assembler;
import dev.skep.object.host.Program;
import java.util.List;
import java.util.stream.Stream;

/** Runs programs written as text, instructions separated by {@code ;} or line breaks. */
final class RawPrograms {
    /** Both backends, in checked mode and in the fast one. */
    static final List<EngineOptions> WAYS_TO_RUN = Stream.of(EngineOptions.Backend.values())
            .map(EngineOptions.defaults().withTrustedPrograms(true)::withBackend)
            .flatMap(options -> Stream.of(options.withChecked(true), options.withChecked(false)))
            .toList();

    private RawPrograms() {}

    /** r0 of a program that gets {@code memory}. */
    static long run(EngineOptions options, String text, byte[] memory) {
        try (EngineHost host = EngineHost.open(options)) {
            return host.loadRaw("test", Assembler.instructions("test", text.replace(';', '\n')))
                    .run(Program.Input.packet(memory))
                    .returnValue();
        }
    }
}
