package dev.skep.cli.assembly;

import dev.skep.cli.ExitCode;
import dev.skep.cli.input.HexBytes;
import dev.skep.cli.input.InputFile;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.assembly.ListedSections;
import dev.skep.object.assembly.Listing;
import dev.skep.object.elf.ElfFile;
import dev.skep.object.file.ObjectReader;
import dev.skep.object.instruction.TextStyle;
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

/** {@code skep disasm}. */
@Command(
        name = "disasm",
        description = {
            "Prints BPF code as text: of an object file as llvm-objdump -d prints it, or of bare instructions given as "
                    + "hexadecimal digits or as they are.",
            "With --source or --prog, function by function with source lines and the names of maps and globals."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  skep disasm examples/xdp-firewall/firewall.o",
            "  skep disasm --source --prog firewall examples/xdp-firewall/firewall.o",
            "  echo b7 00 00 00 2a 00 00 00 95 00 00 00 00 00 00 00 | skep disasm -"
        })
public final class DisasmCommand implements Callable<Integer> {
    private static final int ELF_MAGIC = 0x7f454c46;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            description = "An object file, a file of hexadecimal digits or one of instructions; - for standard input.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String file;

    @Option(
            names = "--source",
            description = "Print the source lines that the code comes from, if the object has them.")
    private boolean source;

    @Option(names = "--prog", paramLabel = "NAME", description = "Print this function only.")
    private @Nullable String program;

    @Option(
            names = {"-r", "--relocations"},
            description = "Print relocations below the instructions they change.")
    private boolean relocations;

    @Option(names = "--no-raw", description = "Leave out the bytes of the instructions.")
    private boolean noRaw;

    @Option(
            names = "--style",
            paramLabel = "llvm|llvm_alu32|exact",
            defaultValue = "llvm",
            description =
                    "llvm: as llvm-objdump 19 (the default); llvm_alu32: as LLVM 20 and later, with 32-bit register "
                            + "names in loads and stores; exact: text that assembles to the same bytes, always.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private TextStyle style;

    @Override
    public Integer call() throws IOException {
        InputFile input = new InputFile(file);
        byte[] content = input.read();
        PrintWriter out = spec.commandLine().getOut();
        Location where = Location.in(input.shownName());
        if (startsWithElfMagic(content)) {
            printObject(content, input, out);
        } else if (source || program != null || relocations) {
            throw new InputException(
                    where, "bare instructions have no source lines, names or relocations", "name an object file");
        } else {
            byte[] code = HexBytes.looksLike(content) ? HexBytes.parse(content, where) : content;
            new BareListing(style, !noRaw, where).print(code, out);
        }
        return ExitCode.OK;
    }

    private void printObject(byte[] content, InputFile input, PrintWriter out) {
        Listing.Options options = new Listing.Options(style, !noRaw, relocations);
        ElfFile elf = ElfFile.read(content, Location.in(input.shownName()));
        if (source || program != null) {
            FunctionListing listing = new FunctionListing(ObjectReader.read(elf), options, source);
            listing.print(Optional.ofNullable(program), Location.in(input.shownName()), out);
        } else {
            out.print(Listing.of(input.name(), ListedSections.of(elf), options));
        }
    }

    private static boolean startsWithElfMagic(byte[] content) {
        return content.length >= 4
                && ((content[0] << 24) | (content[1] << 16) | (content[2] << 8) | content[3]) == ELF_MAGIC;
    }
}
