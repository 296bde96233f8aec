package dev.skep.linux.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.linux.LinuxHost;
import dev.skep.linux.info.LinkPlace;
import dev.skep.linux.load.LinuxObject;
import dev.skep.linux.system.OpenDescriptors;
import dev.skep.object.file.ObjectReader;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.testkit.KernelFeature;
import dev.skep.testkit.NeedsKernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Structures of kernel functions that programs implement, registered with the kernel. */
class StructOpsLinkTest {
    private static final String NAME = "skep" + ProcessHandle.current().pid() % 100_000;

    @Test
    @NeedsKernel(feature = KernelFeature.STRUCT_OPS_LINK)
    void aLinkKeepsTheContract() throws IOException {
        try (PrivateMount bpffs = PrivateMount.of("bpf")) {
            long descriptors = OpenDescriptors.count();
            Path pin = bpffs.root().resolve("link");
            try (CongestionControl control = new CongestionControl(NAME, StructOpsLink.BPF_F_LINK)) {
                assertThat(CongestionControl.isAvailable(NAME)).isFalse();
                try (StructOpsLink link = StructOpsLink.attach(control.map(), control.value())) {
                    assertThat(CongestionControl.isAvailable(NAME)).isTrue();
                    assertThat(link.info().orElseThrow().place()).isInstanceOf(LinkPlace.StructOps.class);
                    link.pin(pin);
                }
                assertThat(CongestionControl.isAvailable(NAME)).isTrue();
            }
            Files.delete(pin);
            awaitGone(NAME);
            assertThat(OpenDescriptors.count()).isEqualTo(descriptors);
        }
    }

    private static void awaitGone(String name) {
        long end = System.currentTimeMillis() + 10_000;
        while (CongestionControl.isAvailable(name) && System.currentTimeMillis() < end) {
            Thread.onSpinWait();
        }
        assertThat(CongestionControl.isAvailable(name)).isFalse();
    }

    @Test
    @NeedsKernel(feature = KernelFeature.STRUCT_OPS_LINK)
    void oneIsPutInThePlaceOfAnotherOfTheSameName() {
        try (CongestionControl first = new CongestionControl(NAME, StructOpsLink.BPF_F_LINK);
                CongestionControl second = new CongestionControl(NAME, StructOpsLink.BPF_F_LINK);
                StructOpsLink link = StructOpsLink.attach(first.map(), first.value())) {
            assertThatThrownBy(() -> StructOpsLink.attach(second.map(), second.value()))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST));
            int before = place(link);
            link.update(second.map());
            assertThat(place(link)).isNotEqualTo(before);
            assertThat(CongestionControl.isAvailable(NAME)).isTrue();
        }
        awaitGone(NAME);
    }

    private static int place(StructOpsLink link) {
        return ((LinkPlace.StructOps) link.info().orElseThrow().place()).mapId();
    }

    @Test
    @NeedsKernel(feature = KernelFeature.STRUCT_OPS)
    void withoutALinkItIsRegisteredUntilClosed() {
        try (CongestionControl control = new CongestionControl(NAME, 0)) {
            try (StructOpsLink registration = StructOpsLink.attach(control.map(), control.value())) {
                assertThat(CongestionControl.isAvailable(NAME)).isTrue();
                assertThat(registration.info()).isEmpty();
                assertThatThrownBy(() -> registration.pin(Path.of("/tmp/nowhere")))
                        .isInstanceOfSatisfying(
                                HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EOPNOTSUPP));
            }
            awaitGone(NAME);
        }
    }

    @Test
    @NeedsKernel(feature = KernelFeature.STRUCT_OPS_LINK)
    void anObjectsVariablesAreRegistered() throws IOException {
        Path object = Path.of("src/test/c/control.bpf.o");
        try (LinuxHost host = LinuxHost.open();
                LinuxObject loaded = host.load(ObjectReader.read(Files.readAllBytes(object), object.toString()))) {
            try (StructOpsLink byLink = loaded.register("by_link");
                    StructOpsLink byValue = loaded.register("by_value")) {
                assertThat(byLink.info()).isPresent();
                assertThat(byValue.info()).isEmpty();
                assertThat(CongestionControl.isAvailable("skep_by_link")).isTrue();
                assertThat(CongestionControl.isAvailable("skep_by_value")).isTrue();
            }
            awaitGone("skep_by_link");
            awaitGone("skep_by_value");
        }
    }
}
