package dev.skep.cli.assembly;

import dev.skep.cli.CliException;
import dev.skep.cli.ExitCode;
import dev.skep.cli.input.InputFile;
import dev.skep.cli.output.OutputFile;
import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.assembly.Assembler;
import dev.skep.object.assembly.AssemblyError;
import dev.skep.object.assembly.AssemblyException;
import dev.skep.object.file.ObjectWriter;
import dev.skep.object.image.ProgramImageBuilder;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Instructions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skep asm}. */
@Command(
        name = "asm",
        description = {
            "Assembles BPF text: the syntax of llvm-objdump's listings and of the kernel's verifier, with labels, names and "
                    + "directives for programs, functions and maps.",
            "With -o it writes an object file, otherwise it prints the code as hexadecimal digits, an instruction a line."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  skep asm count.s -o count.o", "  skep asm - < code.s"})
public final class AsmCommand implements Callable<Integer> {
    /** A line that only the text of a whole object has. */
    private static final Pattern DIRECTIVE = Pattern.compile("(?m)^\\s*\\.(program|function|map|license)\\b");

    private static final HexFormat SPACED = HexFormat.ofDelimiter(" ");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The text; - for standard input.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String file;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "OUT",
            description = "The file to write; - for standard output.")
    private @Nullable String out;

    @Option(
            names = "--format",
            paramLabel = "elf|raw|hex",
            description =
                    "elf: an object file (the default with -o); raw: the code alone; hex: its digits as text (the "
                            + "default without -o).")
    private @Nullable Format format;

    /** What is written. */
    enum Format {
        ELF,
        RAW,
        HEX
    }

    @Override
    public Integer call() throws IOException {
        Format chosen = Optional.ofNullable(format).orElse(out == null ? Format.HEX : Format.ELF);
        if (out == null && chosen != Format.HEX) {
            throw new ParameterException(spec.commandLine(), "--format " + chosen + " needs -o OUT");
        }
        InputFile input = new InputFile(file);
        String text = new String(input.read(), StandardCharsets.UTF_8);
        try {
            write(chosen, input.shownName(), text);
        } catch (AssemblyException e) {
            throw mistakes(e.errors());
        }
        return ExitCode.OK;
    }

    /** A line for each mistake; the last is left to whoever catches the exception. */
    private CliException mistakes(List<AssemblyError> errors) {
        PrintWriter err = spec.commandLine().getErr();
        errors.subList(0, errors.size() - 1).forEach(error -> err.println("skep: error: " + error.summary()));
        return new CliException(ExitCode.BAD_INPUT, errors.getLast().summary());
    }

    private void write(Format chosen, String name, String text) throws IOException {
        byte[] content = switch (chosen) {
            case ELF -> ObjectWriter.write(Assembler.object(name, text));
            case RAW -> code(name, text).encode();
            case HEX -> hex(code(name, text)).getBytes(StandardCharsets.US_ASCII);
        };
        PrintWriter standard = spec.commandLine().getOut();
        if (out == null) {
            standard.print(new String(content, StandardCharsets.US_ASCII));
            return;
        }
        try (OutputStream stream = OutputFile.open(out, standard)) {
            stream.write(content);
        }
    }

    /** The code of a text without directives, or of the only program of one with them, put together with what it calls. */
    private static Instructions code(String name, String text) {
        if (!DIRECTIVE.matcher(text).find()) {
            return Assembler.instructions(name, text);
        }
        BpfObject object = Assembler.object(name, text);
        if (object.programs().size() != 1) {
            throw new InputException(
                    Location.in(name),
                    "the text has " + object.programs().size() + " programs, so there is no one code to print",
                    "write an object file with -o OUT");
        }
        return ProgramImageBuilder.build(object, object.programs().getFirst()).instructions();
    }

    private static String hex(Instructions code) {
        byte[] bytes = code.encode();
        StringBuilder lines = new StringBuilder();
        int at = 0;
        for (Instruction instruction : code) {
            int length = 8 * instruction.slots();
            lines.append(SPACED.formatHex(bytes, at, at + length)).append('\n');
            at += length;
        }
        return lines.toString();
    }
}
