package dev.skep.object.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.BpfObject;
import dev.skep.object.core.CoreOutcome;
import dev.skep.object.core.CoreRelocator;
import dev.skep.object.core.CoreTarget;
import dev.skep.object.file.ObjectReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What docs/core.md shows is what Skep says. */
class CoreDocumentationTest {
    private static final Pattern EXAMPLE = Pattern.compile("```text (\\w+)\n(.*?)```", Pattern.DOTALL);

    @Test
    void theOutcomesShownAreThoseOfTheProgramsNamed() {
        String page = new String(Corpus.read(Path.of("../docs/core.md")), StandardCharsets.UTF_8);
        List<MatchResult> examples = EXAMPLE.matcher(page).results().toList();
        assertThat(examples).hasSize(3);
        examples.forEach(example -> assertThat(outcomes(example.group(1))).isEqualTo(example.group(2)));
    }

    private static String outcomes(String program) {
        BpfObject object = read(program + ".o");
        CoreTarget target = new CoreTarget("target", read(program + ".target.o").btf());
        CoreRelocator relocator = CoreRelocator.of(object, List.of(target));
        return object.functions().stream()
                .flatMap(function -> relocator.outcomes(function).stream())
                .map(CoreOutcome::message)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static BpfObject read(String file) {
        return ObjectReader.read(Corpus.read(Corpus.FOLDER.resolve("core").resolve(file)), file);
    }
}
