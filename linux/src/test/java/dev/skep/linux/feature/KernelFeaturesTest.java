package dev.skep.linux.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.linux.machine.KernelConfiguration;
import dev.skep.linux.machine.KernelRelease;
import dev.skep.linux.machine.MachineFiles;
import dev.skep.linux.system.OpenDescriptors;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.testkit.NeedsBpf;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@NeedsBpf
@Tag("vm") // the first kernels that have them are held to stock kernels of several versions
class KernelFeaturesTest {
    /** What a feature needs besides a kernel that is new enough: an option, or another feature's option. */
    private static final Map<Feature, List<String>> OPTIONS = Map.of(
            Feature.KPROBE_MULTI_LINK, List.of("CONFIG_FPROBE"),
            Feature.KPROBE_SESSION, List.of("CONFIG_FPROBE"),
            Feature.NETKIT, List.of("CONFIG_NETKIT"),
            Feature.NETFILTER_LINK, List.of("CONFIG_NETFILTER_BPF_LINK"),
            Feature.TCX, List.of("CONFIG_NET_XGRESS"),
            Feature.UPROBE_MULTI_LINK, List.of("CONFIG_UPROBES"),
            Feature.UPROBE_SESSION, List.of("CONFIG_UPROBES"));

    @ParameterizedTest
    @EnumSource(Feature.class)
    void aFeatureIsThereFromItsKernelOnIfItsOptionsAreSet(Feature feature) {
        boolean configured = KernelConfiguration.running()
                .map(kernel -> OPTIONS.getOrDefault(feature, List.of()).stream().allMatch(kernel::isSet))
                .orElse(true);
        Support support = KernelFeatures.support(feature);

        assertThat(support).as(support.explanation()).isNotInstanceOf(Support.Unknown.class);
        if (KernelRelease.running().isAtLeast(feature.since())) {
            assertThat(support.isAvailable())
                    .as("%s: %s", feature, support.explanation())
                    .isEqualTo(configured);
        } else if (isDebians()) {
            assertThat(support)
                    .as("%s, which is newer than this kernel", feature)
                    .isInstanceOf(Support.Missing.class);
        }
    }

    /** Others' kernels may have what came later: it was ported back. */
    private static boolean isDebians() {
        return MachineFiles.OF_THIS_MACHINE
                .text("/proc/sys/kernel/version")
                .filter(version -> version.contains("Debian"))
                .isPresent();
    }

    @Test
    void whatIsMissingIsRefusedWithTheNameTheKernelsAndTheReason() {
        Support support = new Answer(Errno.EINVAL.negated()).support();
        assertThat(support).isEqualTo(new Support.Missing("the kernel answers EINVAL"));

        for (Feature feature : Feature.values()) {
            if (KernelFeatures.support(feature) instanceof Support.Missing missing) {
                assertThatThrownBy(() -> KernelFeatures.require(feature, "do this"))
                        .isInstanceOf(HostException.class)
                        .hasMessageStartingWith("EOPNOTSUPP: cannot do this: this needs " + feature.description())
                        .hasMessageContainingAll(
                                feature.name(),
                                "Linux " + feature.since() + " and newer",
                                KernelRelease.running().text(),
                                missing.reason());
            } else {
                KernelFeatures.require(feature, "do this");
            }
        }
    }

    @Test
    void probingLeavesNothingOpen() throws Exception {
        for (Feature feature : Feature.values()) {
            KernelFeatures.ask(() -> FeatureProbes.ask(feature));
        }
        long before = OpenDescriptors.count();
        for (Feature feature : Feature.values()) {
            KernelFeatures.ask(() -> FeatureProbes.ask(feature));
        }
        assertThat(OpenDescriptors.count()).isEqualTo(before);
    }
}
