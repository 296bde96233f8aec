package dev.skep.object.btf.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The running kernel's types, as bpftool prints them. */
@NeedsTool("bpftool")
class BpftoolDifferentialTest {
    private static final Path VMLINUX = Path.of("/sys/kernel/btf/vmlinux");

    @BeforeEach
    void needsTheKernelsBtf() {
        assumeThat(VMLINUX).isReadable();
        String version = bpftool("version");
        assumeThat(version)
                .as("newer versions of bpftool print some declarations in other ways")
                .contains("libbpf v1.1");
    }

    private static String bpftool(String... arguments) {
        List<String> command = new ArrayList<>(List.of("bpftool"));
        command.addAll(List.of(arguments));
        return Tools.run(command, Duration.ofMinutes(1)).expectSuccess().stdout();
    }

    private static Btf kernel() throws IOException {
        return Btf.open(Files.readAllBytes(VMLINUX), Location.in(VMLINUX.toString()));
    }

    @Test
    void theKernelsHeaderIsTheSame() throws IOException {
        String expected = bpftool("btf", "dump", "file", VMLINUX.toString(), "format", "c");
        assertThat(Texts.c(kernel()).equals(expected)).isTrue();
    }

    @Test
    void theListOfTheKernelsTypesIsTheSame() throws IOException {
        String expected = bpftool("btf", "dump", "file", VMLINUX.toString());
        assertThat(Texts.raw(kernel()).equals(expected)).isTrue();
    }

    @Test
    void theJsonOfTheKernelsTypesIsTheSame() throws IOException {
        String expected = bpftool("-j", "btf", "dump", "file", VMLINUX.toString());
        assertThat(Texts.json(kernel()).equals(Texts.corrected(expected))).isTrue();
    }
}
