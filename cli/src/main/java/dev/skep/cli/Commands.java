package dev.skep.cli;

import dev.skep.cli.assembly.AsmCommand;
import dev.skep.cli.assembly.DisasmCommand;
import dev.skep.cli.attached.CgroupCommand;
import dev.skep.cli.attached.NetCommand;
import dev.skep.cli.attached.PerfCommand;
import dev.skep.cli.btf.BtfCommand;
import dev.skep.cli.conformance.ConformanceCommand;
import dev.skep.cli.gen.GenCommand;
import dev.skep.cli.inspect.InspectCommand;
import dev.skep.cli.iterator.IterCommand;
import dev.skep.cli.link.LinkCommand;
import dev.skep.cli.load.LoadCommand;
import dev.skep.cli.machine.DoctorCommand;
import dev.skep.cli.machine.FeaturesCommand;
import dev.skep.cli.map.MapCommand;
import dev.skep.cli.prog.ProgCommand;
import dev.skep.cli.program.CompileCommand;
import dev.skep.cli.run.RunCommand;
import dev.skep.cli.structops.StructOpsCommand;
import dev.skep.cli.trace.TraceCommand;
import dev.skep.cli.traffic.TrafficCommand;
import dev.skep.cli.verify.ExplainCommand;
import dev.skep.cli.verify.VerifyCommand;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;

/**
 * The command line of {@code skep} and its subcommands.
 *
 * <p>Picocli reads what a class says of its options by reflection, which takes longer than most commands run. So a command
 * line that names a command gets that command only; one that names none, as {@code skep --help} does, gets all. And what
 * every command line has, which is this class, is told to picocli by calls.
 */
public final class Commands {
    private static final Map<String, Supplier<CommandLine>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("run", () -> new CommandLine(RunCommand.class));
        COMMANDS.put("trace", TraceCommand::line);
        COMMANDS.put("inspect", () -> new CommandLine(InspectCommand.class));
        COMMANDS.put("disasm", () -> new CommandLine(DisasmCommand.class));
        COMMANDS.put("asm", () -> new CommandLine(AsmCommand.class));
        COMMANDS.put("compile", () -> new CommandLine(CompileCommand.class));
        COMMANDS.put("btf", () -> new CommandLine(BtfCommand.class));
        COMMANDS.put("verify", () -> new CommandLine(VerifyCommand.class));
        COMMANDS.put("explain", () -> new CommandLine(ExplainCommand.class));
        COMMANDS.put("load", () -> new CommandLine(LoadCommand.class));
        COMMANDS.put("prog", () -> new CommandLine(ProgCommand.class));
        COMMANDS.put("map", () -> new CommandLine(MapCommand.class));
        COMMANDS.put("link", () -> new CommandLine(LinkCommand.class));
        COMMANDS.put("iter", () -> new CommandLine(IterCommand.class));
        COMMANDS.put("net", () -> new CommandLine(NetCommand.class));
        COMMANDS.put("cgroup", () -> new CommandLine(CgroupCommand.class));
        COMMANDS.put("perf", () -> new CommandLine(PerfCommand.class));
        COMMANDS.put("struct_ops", () -> new CommandLine(StructOpsCommand.class));
        COMMANDS.put("gen", () -> new CommandLine(GenCommand.class));
        COMMANDS.put("features", () -> new CommandLine(FeaturesCommand.class));
        COMMANDS.put("doctor", () -> new CommandLine(DoctorCommand.class));
        COMMANDS.put("conformance", () -> new CommandLine(ConformanceCommand.class));
        COMMANDS.put("traffic", () -> new CommandLine(TrafficCommand.class));
        COMMANDS.put("completion", () -> new CommandLine(Completion.class));
    }

    private Commands() {}

    /** The names of all subcommands, in the order in which help lists them. */
    public static Set<String> names() {
        return Collections.unmodifiableSet(COMMANDS.keySet());
    }

    /**
     * A command line for these arguments.
     *
     * @param args what follows {@code skep}; none for a line that knows all commands
     */
    static CommandLine line(String... args) {
        CommandLine line = new CommandLine(skep());
        String first = Arrays.stream(args)
                .filter(argument -> !argument.equals("--debug"))
                .findFirst()
                .orElse("");
        boolean one = COMMANDS.containsKey(first) && !first.equals("completion"); // which is about all of them
        if (first.equals("trace")) {
            TraceCommand.prepare();
        }
        COMMANDS.forEach((name, command) -> {
            if (!one || name.equals(first)) {
                line.addSubcommand(name, command.get());
            }
        });
        line.setExecutionStrategy(Commands::run);
        return line;
    }

    /** The arguments as picocli gets them: after {@code trace}, {@code --debug} is the one of bpftrace, which names a stage. */
    static String[] readable(String... args) {
        String[] readable = args.clone();
        boolean traces = false;
        for (int i = 0; i < args.length && (traces || args[i].equals("--debug") || args[i].equals("trace")); i++) {
            if (traces && (args[i].equals("--debug") || args[i].startsWith("--debug="))) {
                readable[i] = "-d" + args[i].substring("--debug".length());
            }
            traces |= args[i].equals("trace");
        }
        return readable;
    }

    private static int run(ParseResult parsed) {
        CommandLine line = parsed.commandSpec().commandLine();
        if (!parsed.hasSubcommand() && !parsed.isUsageHelpRequested() && !parsed.isVersionHelpRequested()) {
            throw new ParameterException(line, "what should it do? A COMMAND is missing");
        }
        return new RunLast().execute(parsed);
    }

    private static CommandSpec skep() {
        CommandSpec spec = CommandSpec.create().name("skep");
        spec.versionProvider(new Version());
        spec.usageMessage()
                .description(
                        "eBPF for the JVM: runs eBPF programs inside the JVM, with no privilege and no kernel, or in the "
                                + "Linux kernel.")
                .synopsisSubcommandLabel("COMMAND")
                .sortOptions(false)
                .footerHeading("%nExample:%n")
                .footer(
                        "  skep run examples/xdp-firewall/firewall.o --pcap examples/captures/mixed.pcapng",
                        "",
                        "Exit codes: 0 done; 1 done, and the answer is no, or Skep itself failed; 2 wrong usage or input;",
                        "3 this machine lacks something.");
        spec.addOption(
                flag("--debug") // Failures looks for it in the arguments: parsing may have failed
                        .scopeType(ScopeType.INHERIT)
                        .description("On an error print the whole stack trace instead of one line.")
                        .build());
        spec.addOption(flag("-h", "--help")
                .usageHelp(true)
                .description("Show this help message and exit.")
                .build());
        spec.addOption(flag("-V", "--version")
                .versionHelp(true)
                .description("Print version information and exit.")
                .build());
        return spec;
    }

    private static OptionSpec.Builder flag(String... names) {
        return OptionSpec.builder(names).type(boolean.class);
    }
}
