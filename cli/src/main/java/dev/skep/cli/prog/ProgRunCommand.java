package dev.skep.cli.prog;

import dev.skep.cli.input.InputFile;
import dev.skep.cli.kernel.KernelCommand;
import dev.skep.cli.kernel.ObjectReference;
import dev.skep.cli.kernel.Words;
import dev.skep.cli.output.JsonWriter;
import dev.skep.cli.output.OutputFile;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.object.Bytes;
import dev.skep.object.host.Program;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skep prog run}. */
@Command(
        name = "run",
        description = "Runs a program once on a packet of yours (BPF_PROG_TEST_RUN), without any real traffic.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep prog run name firewall --data packet.bin --data-out left.bin")
final class ProgRunCommand extends KernelCommand {
    @Parameters(arity = "1..*", paramLabel = "PROG", description = "id N, name NAME, tag TAG or pinned PATH")
    private List<String> words = List.of();

    @Option(names = "--data", paramLabel = "IN", description = "The packet's bytes; - for standard input.")
    private @Nullable String data;

    @Option(names = "--context", paramLabel = "IN", description = "The context's bytes (struct xdp_md, __sk_buff ...).")
    private @Nullable String context;

    @Option(names = "--data-out", paramLabel = "OUT", description = "Write the packet as the program left it here.")
    private @Nullable String dataOut;

    @Option(names = "--context-out", paramLabel = "OUT", description = "Write the context as the program left it here.")
    private @Nullable String contextOut;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    protected void execute() throws IOException {
        Words reading = words(words);
        ObjectReference reference = ObjectReference.read(reading, ObjectKind.PROGRAM);
        reading.end();
        Program.Input input = new Program.Input(read(data), read(context));
        Program.Outcome outcome;
        try (LinuxProgram program = KernelProgram.open(reference)) {
            outcome = program.run(input);
        }
        write(outcome.data(), dataOut);
        write(outcome.context(), contextOut);
        print(outcome);
    }

    private static Bytes read(@Nullable String name) throws IOException {
        return name == null ? Bytes.EMPTY : Bytes.of(new InputFile(name).read());
    }

    private void write(Bytes bytes, @Nullable String name) throws IOException {
        if (name != null) {
            try (OutputStream stream = OutputFile.open(name, out())) {
                stream.write(bytes.toArray());
            }
        }
    }

    private void print(Program.Outcome outcome) throws IOException {
        if (json) {
            JsonWriter.print(out(), generator -> {
                generator.writeNumberField("retval", outcome.returnValue());
                generator.writeNumberField("data_size_out", outcome.data().length());
            });
        } else {
            out().println("returned " + outcome.returnValue() + ", " + outcome.data().length() + " bytes of packet left");
        }
    }
}
