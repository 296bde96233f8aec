package dev.skep.linux.symbol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The kernel's functions by name. */
class KernelSymbolsTest {
    private static final KernelSymbols SYMBOLS = KernelSymbols.of(Stream.of(
            "ffffffff81000000 T vfs_read",
            "ffffffff81000100 t vfs_write.isra.0",
            "ffffffff82000000 D jiffies",
            "ffffffffc0000000 t probe_me\t[module]",
            "0000000000000000 T hidden",
            "ffffffff81000200 T __x64_sys_unlinkat",
            "ffffffff81000300 T sys_oddity"));

    @Test
    void functionsAreThereAndDataIsNot() {
        assertThat(SYMBOLS.contains("vfs_read")).isTrue();
        assertThat(SYMBOLS.contains("probe_me")).isTrue();
        assertThat(SYMBOLS.contains("jiffies")).isFalse();
        assertThat(SYMBOLS.address("vfs_read")).hasValue(0xffffffff81000000L);
        assertThat(SYMBOLS.address("hidden")).isEmpty();
    }

    @Test
    void theCompilersVariantsAndTheNearestNamesAreKnown() {
        assertThat(SYMBOLS.variant("vfs_write")).contains("vfs_write.isra.0");
        assertThat(SYMBOLS.nearest("vfs_raed")).contains("did you mean vfs_read");
    }

    @Test
    void systemCallsHaveTheirFunctionsNames() {
        assertThat(SYMBOLS.systemCall("oddity")).isEqualTo("sys_oddity");
        assertThatThrownBy(() -> SYMBOLS.systemCall("nothing")).hasMessageContaining("no system call nothing");
        assertThat(KernelSymbols.read().systemCall("unlinkat")).endsWith("sys_unlinkat");
    }
}
