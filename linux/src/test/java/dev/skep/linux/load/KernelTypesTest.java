package dev.skep.linux.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import dev.skep.linux.system.MappedFile;
import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = "kernelHasTypes", disabledReason = "no /sys/kernel/btf/vmlinux on this machine")
class KernelTypesTest {
    private static final Path VMLINUX = Path.of("/sys/kernel/btf/vmlinux");

    static boolean kernelHasTypes() {
        return KernelTypes.available();
    }

    @Test
    void theySayWhatTheFileSays() throws IOException {
        Btf file = Btf.open(Files.readAllBytes(VMLINUX), Location.in(VMLINUX.toString()));
        try (KernelTypes types = new KernelTypes()) {
            Btf kernel = types.vmlinux();
            assertThat(kernel.typeCount()).isEqualTo(file.typeCount());
            for (int id = 1; id < file.typeCount(); id += 997) {
                assertThat(kernel.type(id)).isEqualTo(file.type(id));
                assertThat(kernel.idsNamed(file.name(id))).isEqualTo(file.idsNamed(file.name(id)));
            }
        }
    }

    @Test
    void findingOneTakesLittleOfTheHeap() throws IOException {
        assumeThat(MappedFile.map(VMLINUX, Files.size(VMLINUX)))
                .as("the kernel lets its types be mapped (6.16)")
                .isPresent();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        find();
        long before = threads.getCurrentThreadAllocatedBytes();
        find();
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1280 * 1024);
    }

    private static void find() {
        try (KernelTypes types = new KernelTypes()) {
            assertThat(types.vmlinux().find("task_struct", BtfType.Composite.class))
                    .isPresent();
        }
    }
}
