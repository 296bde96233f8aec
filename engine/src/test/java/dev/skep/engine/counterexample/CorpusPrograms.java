package dev.skep.engine.counterexample;

import dev.skep.object.BpfObject;
import dev.skep.object.KernelVersion;
import dev.skep.object.assembly.Assembler;
import dev.skep.object.file.ObjectReader;
import dev.skep.object.program.ProgramSpec;
import dev.skep.testkit.corpus.VerifierCase;
import dev.skep.testkit.corpus.VerifierCorpus;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Verifier;
import dev.skep.verifier.VerifierOptions;
import dev.skep.verifier.kernel.Capability;
import dev.skep.verifier.kernel.KernelModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The corpus, texts and compiled objects, and the examples in assembly on the pages of the causes; each with our verdict for a kernel
 * whose types are not known, so that it is the same on every machine.
 */
final class CorpusPrograms {
    static final KernelModel KERNEL = KernelModel.of(KernelVersion.of("6.18"));

    private static final Path PAGES = Path.of("..", "docs", "verifier");
    private static final Pattern EXAMPLE =
            Pattern.compile("```asm (rejected|accepted)( unprivileged)?\\n(.*?)```", Pattern.DOTALL);

    private CorpusPrograms() {}

    /** @param name where it is from and what it is called; does not change when others are added */
    record Entry(String name, BpfObject object, ProgramSpec program, ProgramVerdict verdict) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Entry> all() {
        List<Entry> entries = new ArrayList<>();
        for (VerifierCase example : VerifierCorpus.cases()) {
            BpfObject object = Assembler.object(example.theme(), example.text());
            VerifierOptions options = VerifierOptions.DEFAULT.withStrictAlignment(example.strictAlignment());
            entries.add(entry(
                    example.theme() + ": " + example.name(),
                    object,
                    object.programs().getFirst(),
                    options));
        }
        VerifierCorpus.objects().forEach((name, file) -> {
            BpfObject object = ObjectReader.read(file, name);
            object.programs()
                    .forEach(program ->
                            entries.add(entry(name + "." + program.name(), object, program, VerifierOptions.DEFAULT)));
        });
        entries.addAll(pages());
        return entries;
    }

    private static List<Entry> pages() {
        List<Entry> entries = new ArrayList<>();
        try (Stream<Path> pages = Files.list(PAGES)) {
            for (Path page : pages.sorted(Comparator.naturalOrder()).toList()) {
                Matcher example = EXAMPLE.matcher(Files.readString(page));
                while (example.find()) {
                    BpfObject object = Assembler.object("example.s", example.group(3));
                    VerifierOptions options = VerifierOptions.DEFAULT.withCapabilities(
                            example.group(2) != null ? Set.of() : Capability.ALL);
                    String name = page.getFileName() + ": " + example.group(1);
                    entries.add(entry(name, object, object.programs().getFirst(), options));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries;
    }

    private static Entry entry(String name, BpfObject object, ProgramSpec program, VerifierOptions options) {
        return new Entry(name, object, program, Verifier.verify(object, program, KERNEL, options));
    }
}
