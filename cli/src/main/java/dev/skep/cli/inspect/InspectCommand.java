package dev.skep.cli.inspect;

import dev.skep.cli.ExitCode;
import dev.skep.cli.input.InputFile;
import dev.skep.cli.output.Style;
import dev.skep.cli.types.KernelTypes;
import dev.skep.object.Location;
import dev.skep.object.elf.ElfFile;
import dev.skep.object.file.ObjectReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skep inspect}. */
@Command(
        name = "inspect",
        description =
                "Shows what an object file holds: programs, maps, globals, sections, types, and its CO-RE relocations "
                        + "with whether they resolve here.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  skep inspect examples/xdp-firewall/firewall.o",
            "  skep inspect --btf /sys/kernel/btf/vmlinux --json tracer.o"
        })
public final class InspectCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "OBJECT", description = "An object file; - for standard input.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String file;

    @Option(
            names = "--btf",
            paramLabel = "FILE",
            description = "Resolve CO-RE relocations against the types in this file (ELF or bare BTF) instead of the "
                    + "running kernel's.")
    private @Nullable String btf;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        InputFile input = new InputFile(file);
        ElfFile elf = ElfFile.read(input.read(), Location.in(input.shownName()));
        Inspection inspection =
                Inspection.of(elf, ObjectReader.read(elf), KernelTypes.target(Optional.ofNullable(btf)));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            new InspectionJson(inspection).print(out);
        } else {
            new InspectionText(inspection, Style.detected(), out).print();
        }
        return ExitCode.OK;
    }
}
