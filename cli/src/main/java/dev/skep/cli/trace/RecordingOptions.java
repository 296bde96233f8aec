package dev.skep.cli.trace;

import dev.skep.object.Bytes;
import dev.skep.trace.record.Entry;
import dev.skep.trace.record.NotingSystem;
import dev.skep.trace.record.RecordingWriter;
import dev.skep.trace.run.RecordingHost;
import dev.skep.trace.run.TraceHost;
import dev.skep.trace.source.SourceText;
import dev.skep.trace.system.TraceSystem;
import dev.skep.trace.type.TraceType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** What of a run is recorded, and what is run over a recording. */
final class RecordingOptions implements AutoCloseable {
    private static final Path KERNEL_BTF = Path.of("/sys/kernel/btf/vmlinux");

    private final OptionSpec record = OptionSpec.builder("--record")
            .type(String.class)
            .paramLabel("FILE")
            .description("Also write down what the probes see, for --replay.")
            .build();
    private final OptionSpec replay = OptionSpec.builder("--replay")
            .type(String.class)
            .paramLabel("FILE")
            .description(
                    "Run the script over a recording, in this process and without privileges; without a script, the recorded one.")
            .build();
    private final Set<Entry.Fact> facts = new LinkedHashSet<>();
    private @Nullable RecordingWriter writer;

    /** For picocli. */
    List<OptionSpec> all() {
        return List.of(record, replay);
    }

    private static Optional<Path> path(OptionSpec option) {
        @Nullable String given = option.getValue();
        return Optional.ofNullable(given).map(Path::of);
    }

    /** Whether the run is to be recorded. */
    boolean records() {
        return path(record).isPresent();
    }

    /** The recording that the script is to be run over. */
    Optional<Path> replay() {
        return path(replay);
    }

    /** What the script is compiled for: what it asks the machine is part of the recording. */
    TraceSystem noting(TraceSystem system) {
        return records() ? new NotingSystem(system, facts::add) : system;
    }

    /** Where the script runs: what its probes see is written down if that is wanted. */
    TraceHost recording(TraceHost host, SourceText source, List<String> arguments) throws IOException {
        Optional<Path> file = path(record);
        if (file.isEmpty()) {
            return host;
        }
        RecordingWriter out = new RecordingWriter(Files.newOutputStream(file.get()));
        writer = out;
        out.write(new Entry.Origin(
                source.name(),
                source.text(),
                arguments,
                host.machine().architecture(),
                host.machine().possibleCpus(),
                host.machine().onlineCpus(),
                host.wallClock(TraceType.Clock.BOOT, 0),
                host.wallClock(TraceType.Clock.MONOTONIC, 0)));
        if (Files.isReadable(KERNEL_BTF)) {
            out.write(new Entry.KernelBtf(Bytes.of(Files.readAllBytes(KERNEL_BTF))));
        }
        facts.forEach(out::write);
        return new RecordingHost(host, out);
    }

    /** Says what is missing in the recording, and closes it. */
    @Override
    public void close() {
        if (writer != null) {
            writer.close();
        }
    }
}
