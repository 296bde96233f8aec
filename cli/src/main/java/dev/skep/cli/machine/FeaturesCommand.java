package dev.skep.cli.machine;

import dev.skep.cli.ExitCode;
import dev.skep.cli.output.Style;
import dev.skep.linux.bpf.BpfToken;
import dev.skep.linux.feature.KernelFeatures;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skep features}. */
@Command(
        name = "features",
        description = {
            "Shows what the running kernel can do with BPF, found out by trying: features, types of programs and maps, ways "
                    + "to attach, helpers; and its parameters and configuration.",
            "What this user may not find out is shown as unknown, with the reason."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  skep features",
            "  skep features --section helpers ringbuf",
            "  skep features --json --section maps --section programs"
        })
public final class FeaturesCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "WORD", description = "Show only what has one of these words in its name.")
    private List<String> words = List.of();

    @Option(
            names = "--section",
            paramLabel = "SECTION",
            description = "Show only this: ${COMPLETION-CANDIDATES}. May be given several times.")
    private Set<FeatureReport.Section> sections = EnumSet.allOf(FeatureReport.Section.class);

    @Option(
            names = "--thorough",
            description =
                    "Also ask for helpers that make the kernel write a warning to its log when they are asked for.")
    private boolean thorough;

    @Option(
            names = "--token",
            paramLabel = "BPFFS",
            description =
                    "In a user namespace: ask by the rights that the bpf file system mounted there delegates (Linux 6.9).")
    private Optional<Path> token = Optional.empty();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        LinuxOnly.check();
        FeatureReport report = token.map(this::reportByToken).orElseGet(this::report);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            new FeaturesJson(report).print(out);
        } else {
            boolean helpersAlone = sections.equals(EnumSet.of(FeatureReport.Section.HELPERS));
            new FeaturesText(report, Style.detected(), out).print(helpersAlone || !words.isEmpty());
        }
        return ExitCode.OK;
    }

    private FeatureReport reportByToken(Path bpffs) {
        try (BpfToken rights = BpfToken.of(bpffs)) {
            return KernelFeatures.asking(Optional.of(rights), this::report);
        }
    }

    private FeatureReport report() {
        return FeatureReport.of(sections, this::isWanted, thorough);
    }

    private boolean isWanted(String name) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        return words.isEmpty() || words.stream().anyMatch(word -> lowerCase.contains(word.toLowerCase(Locale.ROOT)));
    }
}
