package dev.skep.compiler.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.compiler.Compiler;
import dev.skep.compiler.code.Target;
import dev.skep.compiler.java.samples.EntrySums;
import dev.skep.compiler.java.samples.RefusedEntries;
import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.KernelVersion;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Verifier;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.report.TerminalReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code for} loops over maps. */
class EntryLoopsTest {
    private static BpfObject compile(Class<?> type, String kernel) {
        Target target = Target.of(KernelVersion.of(kernel));
        return Compiler.compile(
                JavaFrontEnd.read(ClassSource.of(type.getClassLoader()), type.getName(), target), target);
    }

    @ParameterizedTest
    @CsvSource({"5.15, 5.15", "5.15, 6.1", "5.15, 6.18", "6.6, 6.6", "6.7, 6.7", "6.12, 6.12", "6.18, 6.18"})
    void theyAreAcceptedByKernelsFromTheTargetOn(String target, String kernel) {
        BpfObject object = compile(EntrySums.class, target);

        assertThat(object.functions()).hasSize(3 + 4);
        for (ProgramVerdict verdict : Verifier.verify(object, KernelModel.of(KernelVersion.of(kernel)))
                .programs()) {
            assertThat(verdict)
                    .as(() -> new TerminalReport(false, true).of(verdict))
                    .isInstanceOf(ProgramVerdict.Accepted.class);
        }
    }

    @Test
    void oldKernelsGoThroughArraysOnly() {
        assertThatThrownBy(() -> compile(EntrySums.class, "5.10"))
                .isInstanceOf(JavaSourceException.class)
                .hasMessageContaining("EntrySums.java:29: a for loop over lengths")
                .hasMessageContaining("since Linux 5.13, and the program is compiled for 5.10")
                .hasMessageContaining("a for loop over own")
                .hasMessageNotContainingAny("over few", "over many");
    }

    @ParameterizedTest
    @CsvSource({
        "OfTrie, 6.18, RefusedEntries.java:27: a for loop over routes: the kernel does not go through maps of the type LPM_TRIE",
        "KeptKey, 6.18, RefusedEntries.java:40: the key of an entry is kept beyond its round of the loop",
        "KeptValue, 6.6, RefusedEntries.java:53: a variable that the loop sets holds a reference",
        "Iterated, 6.18, RefusedEntries.java:67: the entries of a map are gone through by other means than a for loop"
    })
    void whatCannotBeHadIsSaidWithItsPlace(String name, String kernel, String message) {
        Class<?> type = java.util.Arrays.stream(RefusedEntries.class.getClasses())
                .filter(each -> each.getSimpleName().equals(name))
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> compile(type, kernel))
                .isInstanceOfAny(JavaSourceException.class, InputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void newVerifiersFollowReferences() {
        assertThat(compile(RefusedEntries.KeptValue.class, "6.7").functions()).hasSize(2);
    }
}
