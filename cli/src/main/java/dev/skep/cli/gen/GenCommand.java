package dev.skep.cli.gen;

import dev.skep.cli.ExitCode;
import dev.skep.cli.input.InputFile;
import dev.skep.cli.output.OutputFile;
import dev.skep.cli.program.ProgramFile;
import dev.skep.object.BpfObject;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skep gen}. */
@Command(
        name = "gen",
        description = {
            "Writes a Java class for an object: its programs, maps and global variables by name and type.",
            "The class works on any host, the embedded engine and the kernel.",
            "With type: a Java class for a structure of the kernel instead."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = GenTypeCommand.class,
        footerHeading = "%nExample:%n",
        footer = "  skep gen firewall.o --package com.example --out src/main/java/com/example/Firewall.java")
public final class GenCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    // Not required, or picocli would ask for it before subcommands, too.
    @Parameters(arity = "0..1", paramLabel = "OBJECT", description = "The object file; - for standard input.")
    private @Nullable String object;

    @Option(names = "--package", paramLabel = "NAME", defaultValue = "", description = "The class's package.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String packageName;

    @Option(names = "--class", paramLabel = "NAME", description = "The class's name; without it, the object's.")
    private @Nullable String className;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "-",
            description = "Where to write it; standard output without.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String out;

    @Override
    public Integer call() throws IOException {
        if (object == null) {
            throw new ParameterException(spec.commandLine(), "Missing required parameter: 'OBJECT'");
        }
        InputFile file = new InputFile(object);
        BpfObject read = ProgramFile.read(file);
        String name = className == null ? JavaNames.type(read.name()) : className;
        String source = new ObjectClass(read, packageName, name).source();
        OutputFile.write(out, source, spec.commandLine().getOut());
        return ExitCode.OK;
    }
}
