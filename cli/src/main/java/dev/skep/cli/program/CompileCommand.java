package dev.skep.cli.program;

import dev.skep.cli.ExitCode;
import dev.skep.cli.input.InputFile;
import dev.skep.cli.output.OutputFile;
import dev.skep.compiler.code.Target;
import dev.skep.object.BpfObject;
import dev.skep.object.KernelVersion;
import dev.skep.object.file.ObjectWriter;
import dev.skep.object.instruction.CpuVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skep compile}. */
@Command(
        name = "compile",
        description = {
            "Compiles BPF programs written in Java to an object file that libbpf, bpftool and others load: a class file, or a source "
                    + "file, which javac compiles first.",
            "Classes that a class uses are looked for beside it, by their package. Other commands take Java files, too.",
            "Exit code 2 if the class is no BPF program; then each line says where, what, why, and what to do instead."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  skep compile Firewall.java -o firewall.o",
            "  skep compile --cpu v4 target/classes/Firewall.class -o firewall.o"
        })
public final class CompileCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "A .java or .class file.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String file;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "OUT",
            required = true,
            description = "The object file to write; - for standard output.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String out;

    @Option(
            names = "--cpu",
            paramLabel = "v1|v2|v3|v4",
            description = "Instructions to use, as clang's -mcpu; those that --kernel has unless told otherwise.")
    private @Nullable String cpu;

    @Option(names = "--kernel", paramLabel = "VERSION", description = "The oldest kernel that has to take it (5.15).")
    private @Nullable String kernel;

    @Override
    public Integer call() throws IOException {
        InputFile input = new InputFile(file);
        BpfObject object = ProgramFile.read(input, input.read(), target());
        try (OutputStream stream = OutputFile.open(out, spec.commandLine().getOut())) {
            stream.write(ObjectWriter.write(object));
        }
        return ExitCode.OK;
    }

    private Target target() {
        try {
            Target target = kernel == null ? Target.DEFAULT : Target.of(KernelVersion.of(kernel));
            return cpu == null ? target : new Target(CpuVersion.valueOf(cpu.toUpperCase(Locale.ROOT)), target.kernel());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--cpu takes v1, v2, v3 or v4, --kernel a release as 5.15: " + e.getMessage(),
                    e);
        }
    }
}
