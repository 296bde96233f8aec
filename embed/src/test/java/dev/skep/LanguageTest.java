package dev.skep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.program.FunctionSpec;
import dev.skep.testkit.NeedsBpf;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the Java language has beside numbers and structs means the same in the engine, on the JVM and in the kernel. */
class LanguageTest {
    private static final int PACKETS = 1_000;

    @ParameterizedTest
    @ValueSource(classes = {Enums.class, Texts.class, Values.class, Functions.class, Forms.class})
    void theJvmDoesWhatTheEngineDoes(Class<?> programs) {
        assertThat(Observation.of(Skep::jvm, programs, PACKETS))
                .isEqualTo(Observation.of(Skep::engine, programs, PACKETS));
    }

    @ParameterizedTest
    @ValueSource(classes = {Enums.class, Texts.class, Values.class, Functions.class, Forms.class})
    @NeedsBpf
    void theKernelDoesWhatTheEngineDoes(Class<?> programs) {
        assertThat(Observation.of(Skep::kernel, programs, PACKETS))
                .isEqualTo(Observation.of(Skep::engine, programs, PACKETS));
    }

    @Test
    void longMethodsThatAreCalledOftenAndSubprogramsAreFunctionsOfTheirOwn() {
        try (ClassHost host = Skep.engine()) {
            assertThat(host.compile(Functions.class).object().functions())
                    .extracting(FunctionSpec::name)
                    .filteredOn(name -> name.startsWith("sub"))
                    .extracting(name -> name.replaceFirst("sub\\d+_", ""))
                    .containsExactlyInAnyOrder("mix", "smallest", "count", "add");
        }
    }

    @Test
    void linesHaveTheirTextWhereTheSourceIsAtHand() {
        try (ClassHost host = Skep.engine()) {
            assertThat(texts(host.compile(Functions.class))).containsOnly("");
            assertThat(texts(host.compile(Functions.class, List.of(Path.of("src", "test", "java")))))
                    .contains("        counter.calls++;");
        }
    }

    private static List<String> texts(CompiledClass compiled) {
        return compiled.object().functions().stream()
                .flatMap(function -> function.lines().stream())
                .map(FunctionSpec.Line::text)
                .toList();
    }
}
