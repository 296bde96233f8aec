package dev.skep.cli.trace;

import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.SourceText;
import dev.skep.trace.syntax.Formatter;
import dev.skep.trace.syntax.Parser;
import dev.skep.trace.tree.Script;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;

/** The stages of which {@code -d} shows what comes out. */
final class DebugStages {
    /** As bpftrace calls them. */
    static final Set<String> NAMES =
            Set.of("all", "ast", "types", "codegen", "codegen-opt", "libbpf", "verifier", "parse", "dis");

    private static final Set<String> OF_PARSING = Set.of("all", "ast", "parse");
    private static final Set<String> SHOWN = Set.of("all", "ast", "parse", "verifier");

    private DebugStages() {}

    /** What the parser made of a script, and that nothing is shown of stages that Skep does not have. */
    static void show(List<String> stages, SourceText source, PrintWriter err, ErrorStream errors) {
        if (stages.stream().anyMatch(OF_PARSING::contains)) {
            Diagnostics diagnostics = new Diagnostics();
            Script script = Parser.parse(source, diagnostics);
            if (!diagnostics.hasErrors()) {
                err.println("AST after: parser\n-------------------\n" + Formatter.format(script));
                err.flush();
            }
        }
        stages.stream()
                .filter(stage -> !SHOWN.contains(stage))
                .forEach(stage -> errors.warn("-d " + stage + ": there is nothing to show of this stage"));
    }

    /** Whether the kernel's verifier is to be heard. */
    static boolean showVerifier(List<String> stages) {
        return stages.contains("verifier") || stages.contains("all");
    }
}
