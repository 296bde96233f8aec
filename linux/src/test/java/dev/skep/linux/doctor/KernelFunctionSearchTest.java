package dev.skep.linux.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.linux.feature.Support;
import dev.skep.linux.machine.DescribedMachine;
import dev.skep.linux.machine.Machine;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why BTF lacks a function. */
class KernelFunctionSearchTest {
    @TempDir
    Path root;

    private DescribedMachine machine;

    @BeforeEach
    void symbols() {
        machine = HealthyMachine.in(root).with("/proc/kallsyms", """
                ffffffff81000000 T vfs_read
                ffffffff81000100 t do_filp_open.isra.0
                ffffffff81000200 d do_data
                ffffffffc0000000 t xfs_read\t[xfs]
                """);
    }

    private Diagnosis explain(String function) {
        return new Doctor(Machine.of(machine.files()), _ -> Support.AVAILABLE).explainMissingFunction(function);
    }

    @Test
    void aSymbolWithoutATypeWasLeftOut() {
        assertThat(explain("vfs_read").evidence())
                .isEqualTo("/proc/kallsyms has vfs_read, but the types of vmlinux do not");
        assertThat(explain("vfs_read").consequence()).contains("pahole");
    }

    @Test
    void aFunctionThatTheCompilerChangedHasAnotherName() {
        assertThat(explain("do_filp_open").evidence()).isEqualTo("/proc/kallsyms has only do_filp_open.isra.0");
    }

    @Test
    void aModuleMayBeWithoutTypes() {
        assertThat(explain("xfs_read").evidence()).contains("in module xfs", "/sys/kernel/btf/xfs is not there");

        machine.with("/sys/kernel/btf/xfs", "types");
        assertThat(explain("xfs_read").evidence()).contains("the types of xfs do not");
    }

    @Test
    void whatIsNowhereDoesNotExistOrWasInlined() {
        assertThat(explain("do_data").evidence()).isEqualTo("neither BTF nor /proc/kallsyms has a function do_data");
        assertThat(explain("vfs").consequence()).contains("inlined");
    }

    @Test
    void withoutTypesOrSymbolsThatIsTheReason() {
        machine.without("/proc/kallsyms");
        assertThat(explain("vfs_read").evidence()).contains("/proc/kallsyms cannot be read");
        machine.without("/sys/kernel/btf/vmlinux");
        assertThat(explain("vfs_read").finding()).isEqualTo(Finding.KERNEL_TYPES);
    }
}
