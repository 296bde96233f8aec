package dev.skep.cli.conformance;

import dev.skep.cli.CliException;
import dev.skep.cli.ExitCode;
import dev.skep.cli.input.HexBytes;
import dev.skep.cli.input.InputFile;
import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineOptions;
import dev.skep.object.Bytes;
import dev.skep.object.Location;
import dev.skep.object.host.Program;
import dev.skep.object.instruction.Instructions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skep conformance}: what the plugins of the public bpf_conformance runner do. */
@Command(
        name = "conformance",
        description = {
            "Runs the BPF program whose bytes stand in hexadecimal digits on standard input, unverified, and prints r0 in "
                    + "hexadecimal digits.",
            "Every access outside the program's stack and memory is refused. This is what the runner of the public "
                    + "bpf_conformance suite expects of its plugins."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  echo b7 00 00 00 2a 00 00 00 95 00 00 00 00 00 00 00 | skep conformance")
public final class ConformanceCommand implements Callable<Integer> {
    /** Conformance programs execute a few thousand instructions; this ends an endless one within seconds. */
    private static final long INSTRUCTION_BUDGET = 500_000_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "MEMORY_HEX",
            defaultValue = "",
            description =
                    "The memory the program gets, in hexadecimal digits: r1 is its address, r2 its length. Without it "
                            + "both are 0.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String memory;

    /** The runner's first versions pass the options they were told to as one argument, which is empty if there are none. */
    @Parameters(index = "1", arity = "0..1", defaultValue = "", hidden = true)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String noOptions;

    @ArgGroup
    private Way way = new Way();

    /** How the program is executed. */
    static final class Way {
        @Option(names = "--interpret", description = "Use the interpreter.")
        private boolean interpret;

        @Option(names = "--jit", description = "Use the JIT (the default).")
        @SuppressWarnings("UnusedVariable") // what happens without it too
        private boolean jit;

        EngineOptions.Backend backend() {
            return interpret ? EngineOptions.Backend.INTERPRETER : EngineOptions.Backend.JIT;
        }
    }

    @Override
    public Integer call() throws IOException {
        if (!noOptions.isBlank()) {
            throw new CliException(
                    ExitCode.BAD_INPUT,
                    "'" + noOptions + "' is one argument too many: the memory is one, quoted if it has spaces");
        }
        InputFile stdin = new InputFile("-");
        Location where = Location.in(stdin.shownName());
        byte[] code = HexBytes.parse(stdin.read(), where);
        byte[] given = HexBytes.parse(memory, Location.in("MEMORY_HEX"));
        Instructions instructions = Instructions.decode(code, 0, code.length, where);
        EngineOptions options = EngineOptions.defaults()
                .withBackend(way.backend())
                .withChecked(true)
                .withInstructionBudget(INSTRUCTION_BUDGET);
        try (EngineHost host = EngineHost.open(options)) {
            Program program = host.loadRaw(stdin.shownName(), instructions);
            Program.Outcome outcome = program.run(new Program.Input(Bytes.of(given), Bytes.EMPTY));
            spec.commandLine().getOut().println(Long.toHexString(outcome.returnValue()));
        }
        return ExitCode.OK;
    }
}
