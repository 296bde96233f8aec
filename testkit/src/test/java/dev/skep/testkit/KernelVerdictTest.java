package dev.skep.testkit;

import static dev.skep.testkit.KernelFeature.KPROBE_MULTI;
import static dev.skep.testkit.KernelFeature.LSM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KernelVerdictTest {
    /** A kernel of which everything is known, and which has everything unless a test takes it away. */
    private record Kernel(String release, boolean named, String options, boolean securityModule, boolean forbidden)
            implements KernelFacts {
        private static final String ALL = "CONFIG_FPROBE=y\nCONFIG_BPF_EVENTS=y\nCONFIG_BPF_LSM=y\n"
                + "CONFIG_DYNAMIC_FTRACE_WITH_DIRECT_CALLS=y\nCONFIG_DEBUG_INFO_BTF=y\n";

        Kernel(String release) {
            this(release, true, ALL, true, false);
        }

        @Override
        public Optional<Boolean> names(String enumerator) {
            return Optional.of(named);
        }

        @Override
        public Optional<KernelConfig> config() {
            return Optional.of(
                    KernelConfig.parse("/proc/config.gz", options.lines().toList()));
        }

        @Override
        public Optional<Boolean> hasBpfSecurityModule() {
            return Optional.of(securityModule);
        }

        @Override
        public boolean forbids(KernelFeature.ProgramKind kind) {
            return forbidden;
        }
    }

    @Test
    void aKernelOfTheDeclaredVersionHasTheFeature() {
        assertThat(KernelVerdict.of(KPROBE_MULTI, new Kernel("5.18.0"))).isEqualTo(new KernelVerdict.Present());
        assertThat(KernelVerdict.of(LSM, new Kernel("6.12.1"))).isEqualTo(new KernelVerdict.Present());
    }

    @Test
    void anOlderKernelLacksIt() {
        KernelFacts old = new Kernel("5.10.262", false, Kernel.ALL, true, false);

        assertThat(KernelVerdict.of(KPROBE_MULTI, old))
                .isEqualTo(new KernelVerdict.Absent("needs Linux 5.18, this is 5.10.262"));
    }

    @Test
    void anOlderKernelThatNamesItHasItFromABackport() {
        assertThat(KernelVerdict.of(KPROBE_MULTI, new Kernel("5.14.0-570.el9"))).isEqualTo(new KernelVerdict.Present());
    }

    @Test
    void aKernelBuiltWithoutTheOptionLacksIt() {
        KernelFacts without = new Kernel("6.1.0", true, "# CONFIG_FPROBE is not set\nCONFIG_BPF_EVENTS=y", true, false);

        assertThat(KernelVerdict.of(KPROBE_MULTI, without))
                .isEqualTo(new KernelVerdict.Absent("the kernel is built without CONFIG_FPROBE (/proc/config.gz)"));
    }

    @Test
    void aKernelStartedWithoutTheSecurityModuleLacksIt() {
        assertThat(KernelVerdict.of(LSM, new Kernel("6.1.0", true, Kernel.ALL, false, false)))
                .isInstanceOfSatisfying(
                        KernelVerdict.Absent.class,
                        absent -> assertThat(absent.reason()).contains("lsm="));
    }

    @Test
    void aPolicyMayForbidIt() {
        assertThat(KernelVerdict.of(LSM, new Kernel("6.18.0", true, Kernel.ALL, true, true)))
                .isInstanceOfSatisfying(
                        KernelVerdict.Absent.class,
                        absent -> assertThat(absent.reason()).contains("EPERM"));
    }

    @Test
    void aFeatureThatShouldBeThereIsAnErrorNotASkip() {
        KernelVerdict verdict = KernelVerdict.of(KPROBE_MULTI, new Kernel("6.12.0", false, Kernel.ALL, true, false));

        assertThat(verdict).isInstanceOf(KernelVerdict.Missing.class);
        assertThatThrownBy(() -> NeedsConditions.whyAbsent(KPROBE_MULTI, verdict))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("KPROBE_MULTI is declared to be in Linux 5.18")
                .hasMessageContaining("6.12.0 has no BPF_TRACE_KPROBE_MULTI");
    }

    @Test
    void readsTheOptionsOfAConfiguration() {
        KernelConfig config = KernelConfig.parse(
                "/boot/config-6.1", List.of("# a comment", "CONFIG_A=y", "CONFIG_B=m", "CONFIG_LSM=\"yama,bpf\"", ""));

        assertThat(config.isSet("A")).isTrue();
        assertThat(config.isSet("B")).isTrue();
        assertThat(config.isSet("LSM")).isFalse();
        assertThat(config.text("LSM")).contains("yama,bpf");
    }
}
