package dev.skep.cli.prog;

import dev.skep.cli.kernel.KernelCommand;
import dev.skep.cli.kernel.ObjectReference;
import dev.skep.cli.kernel.Words;
import dev.skep.cli.output.OutputFile;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.info.ProgramCode;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.Bytes;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skep prog dump}. */
@Command(
        name = "dump",
        description = {
            "Shows a program's code as the kernel has it, with its functions and source lines.",
            "xlated: instructions as the verifier rewrote them. jited: machine code."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  skep prog dump xlated name firewall",
            "  skep prog dump xlated name firewall --visual | dot -Tsvg > firewall.svg",
            "  skep prog dump jited id 42 --file code.bin && objdump -D -b binary -m i386:x86-64 code.bin"
        })
final class ProgDumpCommand extends KernelCommand {
    @Parameters(arity = "1..*", paramLabel = "xlated|jited PROG", description = "Which code of which program.")
    private List<String> words = List.of();

    @Option(names = "--raw", description = "xlated: show each instruction's bytes too.")
    private boolean raw;

    @Option(names = "--no-source", description = "Leave out source lines.")
    private boolean withoutSource;

    @Option(names = "--visual", description = "xlated: print the graph of the control flow, for Graphviz's dot.")
    private boolean visual;

    @Option(names = "--file", paramLabel = "OUT", description = "Write the bytes of the code to this file instead.")
    private @Nullable String file;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    protected void execute() throws IOException {
        Words reading = words(words);
        String form = reading.next("xlated or jited");
        if (!form.equals("xlated") && !form.equals("jited")) {
            throw reading.wrong("the code to dump is xlated or jited, not '" + form + "'");
        }
        boolean translated = form.equals("xlated");
        if (!translated && (visual || raw)) {
            throw reading.wrong("--visual and --raw are for xlated: machine code has no instructions of BPF");
        }
        ObjectReference reference = ObjectReference.read(reading, ObjectKind.PROGRAM);
        reading.end();
        ProgramCode code;
        try (FileDescriptor descriptor = reference.open(ObjectKind.PROGRAM)) {
            code = ProgramCode.of(descriptor);
        }
        if (translated) {
            dumpTranslated(code);
        } else {
            dumpCompiled(code);
        }
    }

    private void dumpTranslated(ProgramCode code) throws IOException {
        if (code.translated().size() == 0) {
            throw hidden("instructions");
        }
        if (file != null) {
            write(List.of(Bytes.of(code.translated().encode())), file);
        } else if (visual) {
            new ControlFlowGraph(code, out()).print();
        } else if (json) {
            new ProgramCodeJson(code).printTranslated(out());
        } else {
            new TranslatedCodeText(code, raw, !withoutSource, out()).print();
        }
    }

    private void dumpCompiled(ProgramCode code) throws IOException {
        if (code.compiled().isEmpty()) {
            throw hidden("machine code");
        }
        if (file != null) {
            write(
                    code.compiled().stream()
                            .map(ProgramCode.CompiledFunction::code)
                            .toList(),
                    file);
        } else if (json) {
            new ProgramCodeJson(code).printCompiled(out());
        } else {
            new CompiledCodeText(CompiledPart.of(code), !withoutSource, out()).print();
        }
    }

    private static HostException hidden(String what) {
        return new HostException(
                Errno.EPERM,
                "the kernel does not show the program's " + what
                        + "; it takes CAP_SYSLOG where kernel.kptr_restrict is set, and net.core.bpf_jit_enable for machine code");
    }

    private void write(List<Bytes> parts, String name) throws IOException {
        try (OutputStream stream = OutputFile.open(name, out())) {
            for (Bytes part : parts) {
                stream.write(part.toArray());
            }
        }
    }
}
