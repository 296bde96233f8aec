package dev.skep.cli.prog;

import dev.skep.cli.input.InputFile;
import dev.skep.cli.kernel.Interval;
import dev.skep.cli.kernel.KernelCommand;
import dev.skep.cli.kernel.ObjectReference;
import dev.skep.cli.kernel.Words;
import dev.skep.cli.output.JsonWriter;
import dev.skep.cli.output.OutputFile;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.program.TestRunOptions;
import dev.skep.linux.program.TestRunResult;
import dev.skep.object.Bytes;
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
        description = "Runs a program on a packet of yours (BPF_PROG_TEST_RUN), without any real traffic.",
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

    @Option(
            names = "--repeat",
            paramLabel = "N",
            defaultValue = "1",
            description = "Run it so often, each time on what the run before left, and show the average time.")
    private int repeat;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    protected void execute() throws IOException {
        Words reading = words(words);
        ObjectReference reference = ObjectReference.read(reading, ObjectKind.PROGRAM);
        reading.end();
        if (repeat < 1) {
            throw reading.wrong("--repeat must be 1 or more");
        }
        TestRunOptions options = TestRunOptions.DEFAULT
                .withData(read(data))
                .withContext(read(context))
                .withRepeat(repeat);
        TestRunResult result;
        try (LinuxProgram program = reference.program()) {
            result = program.testRun(options);
        }
        write(result.data(), dataOut);
        write(result.context(), contextOut);
        print(result);
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

    private void print(TestRunResult result) throws IOException {
        if (json) {
            JsonWriter.print(out(), generator -> {
                generator.writeNumberField("retval", Integer.toUnsignedLong(result.returnValue()));
                generator.writeNumberField("duration", result.averageTime().toNanos());
                generator.writeNumberField("data_size_out", result.data().length());
            });
        } else {
            out().println("returned " + Integer.toUnsignedString(result.returnValue()) + " after "
                    + Interval.text(result.averageTime()) + (repeat > 1 ? " on average" : "") + ", "
                    + result.data().length() + " bytes of packet left");
        }
    }
}
