package dev.skep.compiler.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skep.compiler.code.Target;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.java.samples.ProtocolCounter;
import dev.skep.compiler.java.samples.Refused;
import dev.skep.compiler.java.samples.RefusedDeclarations;
import dev.skep.compiler.java.samples.RefusedLanguage;
import dev.skep.compiler.pass.Optimizer;
import dev.skep.compiler.type.CType;
import dev.skep.compiler.unit.CompilationUnit;
import dev.skep.compiler.unit.MapDeclaration;
import dev.skep.object.map.MapType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JavaFrontEndTest {
    static CompilationUnit read(Class<?> type) {
        return JavaFrontEnd.read(ClassSource.of(type.getClassLoader()), type.getName());
    }

    @Test
    void aProgramGetsItsSectionAndItsPlaceInTheSource() {
        CompilationUnit unit = read(ProtocolCounter.class);
        assertThat(unit.functions()).hasSize(1);
        Function program = unit.functions().getFirst();
        assertThat(program.name()).isEqualTo("count");
        assertThat(program.linkage()).isEqualTo(Function.Linkage.PROGRAM);
        assertThat(program.section()).isEqualTo(Optional.of("xdp"));
        assertThat(program.position()).hasToString("ProtocolCounter.java:19");
        assertThat(unit.license()).isEqualTo("GPL");
    }

    @Test
    void aMapGetsItsKindAndTypesFromItsField() {
        MapDeclaration map = read(ProtocolCounter.class).maps().getFirst();
        assertThat(map.name()).isEqualTo("packets");
        assertThat(map.type()).isEqualTo(MapType.HASH);
        assertThat(map.key().map(CType::size)).isEqualTo(Optional.of(4));
        assertThat(map.value().map(CType::size)).isEqualTo(Optional.of(8));
        assertThat(map.maxEntries()).isEqualTo(256);
    }

    @Test
    void theOptimizerTakesWhatIsRead() {
        CompilationUnit unit = read(ProtocolCounter.class);
        assertThat(Optimizer.optimize(unit.functions(), Target.DEFAULT)).hasSize(1);
    }

    @Test
    void aClassThatIsNotThereIsNamed() {
        ClassSource empty = name -> Optional.empty();
        assertThatThrownBy(() -> JavaFrontEnd.read(empty, "no.such.Program"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no class file of no.such.Program");
    }

    @Test
    void allFindingsOfAClassAreNamedAtOnceByLine() throws IOException {
        JavaSourceException refused = catchThrowableOfType(JavaSourceException.class, () -> read(Refused.class));
        assertThat(Objects.requireNonNull(refused.getMessage()).lines())
                .containsExactlyElementsOf(lines("Refused.txt"));
        assertThat(refused.findings()).isSorted().hasSize(12);
    }

    @Test
    void declarationsThatMeanNothingAreNamed() throws IOException {
        JavaSourceException refused =
                catchThrowableOfType(JavaSourceException.class, () -> read(RefusedDeclarations.class));
        assertThat(Objects.requireNonNull(refused.getMessage()).lines())
                .containsExactlyElementsOf(lines("RefusedDeclarations.txt"));
    }

    @Test
    void whatIsCloseToWhatBpfCanDoIsNamedWithWhatToDoInstead() throws IOException {
        JavaSourceException refused =
                catchThrowableOfType(JavaSourceException.class, () -> read(RefusedLanguage.class));
        assertThat(Objects.requireNonNull(refused.getMessage()).lines())
                .containsExactlyElementsOf(lines("RefusedLanguage.txt"));
    }

    private static List<String> lines(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(Refused.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        }
    }
}
