package dev.skep.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The table of features against the kernel at hand; in virtual machines, against several. */
@Tag("vm")
@NeedsBpf
class RunningKernelTest {
    @Test
    void hasWhatItsVersionPromisesOrCanBeToldWhyNot() {
        assertThat(KernelFeature.values())
                .noneSatisfy(
                        feature -> assertThat(KernelVerdict.of(feature)).isInstanceOf(KernelVerdict.Missing.class));
    }

    /** A version that is declared too high would turn into skips for ever. */
    @Test
    void namesNoFeatureThatIsDeclaredToBeNewer() {
        RunningKernel kernel = RunningKernel.INSTANCE;
        KernelVersion version = KernelVersion.parse(kernel.release());

        assertThat(KernelFeature.values())
                .filteredOn(feature -> version.compareTo(feature.since()) < 0)
                .noneMatch(feature -> kernel.names(feature.marker()).orElse(false));
    }

    @Test
    @NeedsKernel(feature = KernelFeature.FENTRY)
    void allowsWhatAVerdictCallsPresent() {
        KernelFeature.ProgramKind kind = KernelFeature.FENTRY.programKind().orElseThrow();

        assertThat(BpfProbe.isForbidden(kind.type(), kind.attachType())).isFalse();
    }
}
