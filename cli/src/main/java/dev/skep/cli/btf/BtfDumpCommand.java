package dev.skep.cli.btf;

import dev.skep.cli.ExitCode;
import dev.skep.cli.kernel.Words;
import dev.skep.object.InputException;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.dump.CDump;
import dev.skep.object.btf.dump.TypeListing;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skep btf dump}. */
@Command(
        name = "dump",
        description = "Prints types, as bpftool btf dump does.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  skep btf dump examples/xdp-firewall/firewall.o",
            "  skep btf dump map name counters value --format c",
            "  skep btf dump /sys/kernel/btf/vmlinux --type task_struct --format raw"
        })
public final class BtfDumpCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "An ELF file, or bare BTF such as /sys/kernel/btf/vmlinux; - for standard input. Or of what is in the "
                            + "kernel: id N, map MAP [key|value|kv|all], prog PROG.")
    private List<String> words = List.of();

    @Option(
            names = "--format",
            paramLabel = "raw|c|json",
            defaultValue = "raw",
            description = "raw: a line for each type (the default); c: C declarations; json: one JSON object.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Format format;

    @Option(names = "--json", description = "The same as --format json.")
    private boolean json;

    @Option(
            names = "--base",
            paramLabel = "FILE",
            description = "The types that FILE continues, if it is a kernel module's.")
    private @Nullable String base;

    @Option(names = "--type", paramLabel = "NAME", description = "Only types of this name (c: and what they need).")
    private @Nullable String name;

    /** How types are printed. */
    enum Format {
        RAW,
        C,
        JSON
    }

    @Override
    public Integer call() throws IOException {
        TypeSource source = TypeSource.read(new Words(spec.commandLine(), words), Optional.ofNullable(base));
        if (name != null && !source.roots().isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "choose one: --type " + name + ", or key, value or kv of the map");
        }
        Btf btf = source.types();
        List<Integer> ids = ids(source);
        PrintWriter out = spec.commandLine().getOut();
        switch (json ? Format.JSON : format) {
            case RAW -> {
                TypeListing listing = new TypeListing(btf);
                ids.forEach(id -> out.println(listing.text(id)));
            }
            case C -> {
                if (name == null && source.roots().isEmpty()) {
                    CDump.header(btf, out::print);
                } else {
                    CDump.types(btf, ids, out::print);
                }
            }
            case JSON -> printJson(new TypeListing(btf), ids, out);
        }
        return ExitCode.OK;
    }

    /** One type a line, since a kernel has more than a hundred thousand. */
    private static void printJson(TypeListing listing, List<Integer> ids, PrintWriter out) {
        out.print("{\"types\": [");
        String separator = "\n  ";
        for (int id : ids) {
            out.print(separator + listing.json(id));
            separator = ",\n  ";
        }
        out.println("\n]}");
    }

    private List<Integer> ids(TypeSource source) {
        Btf btf = source.types();
        if (name == null) {
            return !source.roots().isEmpty()
                    ? source.roots()
                    : IntStream.range(btf.firstId(), btf.typeCount()).boxed().toList();
        }
        List<Integer> ids = btf.idsNamed(name);
        if (ids.isEmpty()) {
            throw new InputException(
                    btf.where(), "there is no type named '" + name + "'", "names are without struct, union and enum");
        }
        return ids;
    }
}
