package dev.skep.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.compiler.code.Target;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.IntegrityChecker;
import dev.skep.compiler.ir.IrText;
import dev.skep.compiler.java.ClassSource;
import dev.skep.compiler.java.JavaFrontEnd;
import dev.skep.compiler.java.samples.EntrySums;
import dev.skep.object.KernelVersion;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of loops over maps as functions. */
class EntryLoopsPassTest {
    @ParameterizedTest
    @ValueSource(strings = {"5.15", "6.18"})
    void functionsAreWholeAndTheLoopsAreGone(String kernel) {
        Target target = Target.of(KernelVersion.of(kernel));
        List<Function> before = JavaFrontEnd.read(
                        ClassSource.of(EntrySums.class.getClassLoader()), EntrySums.class.getName(), target)
                .functions();
        List<Function> after = EntryLoops.takeOut(before, target);

        assertThat(after)
                .extracting(Function::name)
                .containsExactlyInAnyOrder(
                        "numbers",
                        "structs",
                        "nested",
                        "numbers_entry",
                        "structs_entry",
                        "nested_entry",
                        "nested_entry_1");
        after.forEach(IntegrityChecker::require);
        assertThat(after)
                .allSatisfy(function -> assertThat(IrText.of(function)).doesNotContain("next_entry", "entries"));
    }
}
