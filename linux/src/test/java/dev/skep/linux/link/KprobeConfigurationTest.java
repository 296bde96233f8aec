package dev.skep.linux.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.skep.linux.machine.KernelConfiguration;
import dev.skep.object.attach.ProbePoint;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.NeedsBpf;
import org.junit.jupiter.api.Test;

/** What is said where the kernel has no kprobes. */
@NeedsBpf
class KprobeConfigurationTest {
    @Test
    void aKernelBuiltWithoutKprobesIsSaidToBe() {
        assumeThat(KernelConfiguration.running())
                .as("a kernel that is known to be built without CONFIG_KPROBES")
                .hasValueSatisfying(configuration ->
                        assumeThat(configuration.isSet("CONFIG_KPROBES")).isFalse());
        try (CountingProgram program = CountingProgram.load(CountingProgram.Kind.of(ProgramType.KPROBE))) {
            assertThatThrownBy(() -> Attacher.attach(program.program(), ProbePoint.Kprobe.entry("vfs_read")))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EOPNOTSUPP))
                    .hasMessageContaining("built without CONFIG_KPROBES");
        }
    }
}
