package dev.skep.object.btf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The running kernel's BTF: the largest there is. */
@EnabledIf(value = "kernelHasBtf", disabledReason = "no /sys/kernel/btf/vmlinux on this machine")
class KernelBtfTest {
    private static final Path VMLINUX = Path.of("/sys/kernel/btf/vmlinux");
    private static Btf btf = Btf.EMPTY;

    static boolean kernelHasBtf() {
        return Files.isReadable(VMLINUX);
    }

    @BeforeAll
    static void open() throws IOException {
        btf = Btf.open(Files.readAllBytes(VMLINUX), Location.in(VMLINUX.toString()));
    }

    @Test
    void everyTypeOfItIsValid() throws IOException {
        assertThat(Btf.read(Files.readAllBytes(VMLINUX), Location.in(VMLINUX.toString())))
                .isEqualTo(btf);
    }

    @Test
    void writingAndReadingGivesTheSameTypes() {
        byte[] written = btf.write();
        Btf read = Btf.open(written, Location.in("copy"));
        assertThat(read.equals(btf)).isTrue();
        assertThat(read.hashCode()).isEqualTo(btf.hashCode());
        assertThat(read.write()).isEqualTo(written);
    }

    @Test
    void everyNameIsFoundWithAndWithoutTheIndex() {
        Map<String, Integer> firstIds = new HashMap<>();
        for (int id = 1; id < btf.typeCount(); id++) {
            if (!btf.name(id).isEmpty()) {
                firstIds.putIfAbsent(btf.name(id), id);
            }
        }
        Btf fresh = Btf.open(btf.write(), Location.in("copy"));
        assertThat(fresh.idsNamed("task_struct").getFirst()).isEqualTo(firstIds.get("task_struct"));
        assertThat(firstIds.keySet())
                .allMatch(name -> fresh.idsNamed(name).getFirst().equals(firstIds.get(name)));
        assertThat(fresh.idsNamed("no such type")).isEmpty();
    }

    @Test
    void aFieldOfTheTaskIsWhereTheKernelPutsIt() {
        int task = btf.find("task_struct", BtfType.Composite.class).orElseThrow();
        BtfLayout layout = new BtfLayout(btf);
        BtfLayout.Field name = layout.field(task, "comm").orElseThrow();
        assertThat(layout.size(name.type())).isEqualTo(16);
        assertThat(name.byteOffset()).isBetween(0L, (long) layout.size(task) - 16);
        assertThat(List.of(layout.alignment(task))).containsAnyOf(8, 16, 32, 64);
    }
}
