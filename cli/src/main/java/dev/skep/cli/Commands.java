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
import picocli.CommandLine;

/**
 * The subcommands of {@code skep}, and a command line that knows of them.
 *
 * <p>Picocli reads what a class says of its options by reflection, which takes longer than most commands run. So a command
 * line that names a command gets that command only; one that names none, as {@code skep --help} does, gets all.
 */
public final class Commands {
    private static final Map<String, Class<?>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("run", RunCommand.class);
        COMMANDS.put("trace", TraceCommand.class);
        COMMANDS.put("inspect", InspectCommand.class);
        COMMANDS.put("disasm", DisasmCommand.class);
        COMMANDS.put("asm", AsmCommand.class);
        COMMANDS.put("compile", CompileCommand.class);
        COMMANDS.put("btf", BtfCommand.class);
        COMMANDS.put("verify", VerifyCommand.class);
        COMMANDS.put("explain", ExplainCommand.class);
        COMMANDS.put("load", LoadCommand.class);
        COMMANDS.put("prog", ProgCommand.class);
        COMMANDS.put("map", MapCommand.class);
        COMMANDS.put("link", LinkCommand.class);
        COMMANDS.put("iter", IterCommand.class);
        COMMANDS.put("net", NetCommand.class);
        COMMANDS.put("cgroup", CgroupCommand.class);
        COMMANDS.put("perf", PerfCommand.class);
        COMMANDS.put("struct_ops", StructOpsCommand.class);
        COMMANDS.put("gen", GenCommand.class);
        COMMANDS.put("features", FeaturesCommand.class);
        COMMANDS.put("doctor", DoctorCommand.class);
        COMMANDS.put("conformance", ConformanceCommand.class);
        COMMANDS.put("traffic", TrafficCommand.class);
        COMMANDS.put("completion", Completion.class);
    }

    private Commands() {}

    /** All subcommands by the name that their {@code @Command} gives them, in the order in which help lists them. */
    public static Map<String, Class<?>> all() {
        return Collections.unmodifiableMap(COMMANDS);
    }

    /**
     * A command line for these arguments.
     *
     * @param skep the command itself
     * @param args what follows {@code skep}; none for a line that knows all commands
     */
    static CommandLine line(Object skep, String... args) {
        CommandLine line = new CommandLine(skep);
        String first = Arrays.stream(args)
                .filter(argument -> !argument.startsWith("-"))
                .findFirst()
                .orElse("");
        Class<?> only = COMMANDS.get(first);
        if (only != null && only != Completion.class) { // completion is about all of them
            line.addSubcommand(only);
        } else {
            COMMANDS.values().forEach(line::addSubcommand);
        }
        return line;
    }
}
