package dev.skep.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skep.linux.machine.KernelRelease;
import dev.skep.object.BpfObject;
import dev.skep.object.assembly.Assembler;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.corpus.VerifierCase;
import dev.skep.testkit.corpus.VerifierCorpus;
import dev.skep.verifier.Verifier;
import dev.skep.verifier.VerifierOptions;
import dev.skep.verifier.kernel.Capability;
import dev.skep.verifier.kernel.KernelModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a program that is loaded by who has only some capabilities, or none, we say what this kernel says. */
@NeedsBpf
@NeedsTool("setpriv")
@Tag("vm")
class RestrictedLoaderTest {
    private static final Path USERS_MAY_NOT = Path.of("/proc/sys/kernel/unprivileged_bpf_disabled");

    @BeforeEach
    void theRulesAreKnown() {
        assumeTrue(
                KernelRelease.running().version().compareTo(KernelModel.newest().version()) <= 0,
                "the verifier's rules are known up to Linux "
                        + KernelModel.newest().version());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bpf", "bpf net_admin", "net_admin"})
    void someCapabilities(String names) throws Exception {
        assumeTrue(
                !names.equals("net_admin") || usersMay(),
                "kernel.unprivileged_bpf_disabled keeps who has no CAP_BPF from bpf(2)");
        Set<String> capabilities = Set.of(names.split(" "));
        assertThat(kernel(capabilities)).isEqualTo(ours(capabilities)).isNotEmpty();
    }

    @Test
    void noCapability() throws Exception {
        if (System.getProperty("skep.guest") != null) { // a virtual machine of our own
            Files.writeString(USERS_MAY_NOT, "0");
        }
        assumeTrue(usersMay(), "kernel.unprivileged_bpf_disabled keeps users from bpf(2)");
        assertThat(kernel(Set.of())).isEqualTo(ours(Set.of())).hasSizeGreaterThan(15);
    }

    private static boolean usersMay() throws IOException {
        return Files.readString(USERS_MAY_NOT).strip().equals("0");
    }

    private static Map<String, String> ours(Set<String> names) {
        KernelModel kernel = KernelModel.of(KernelRelease.running().version());
        Set<Capability> capabilities = names.stream()
                .map(name -> Capability.valueOf(name.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toSet());
        VerifierOptions options = VerifierOptions.DEFAULT.withCapabilities(capabilities);
        Map<String, String> verdicts = new TreeMap<>();
        for (VerifierCase example : VerifierCorpus.restrictedCases()) {
            if (example.capabilities().equals(names)) {
                BpfObject object = Assembler.object(example.theme(), example.text());
                boolean accepted = Verifier.verify(object, kernel, options).isAccepted();
                verdicts.put(example.name(), accepted ? "accepted" : "rejected");
            }
        }
        return verdicts;
    }

    /** What a process with these capabilities is told. */
    private static Map<String, String> kernel(Set<String> names) throws Exception {
        String kept = names.stream().map(name -> ",+" + name).collect(Collectors.joining());
        List<String> command = new ArrayList<>(Arrays.asList(
                "setpriv",
                "--bounding-set=-all" + kept,
                "--inh-caps=-all",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                CorpusLoad.class.getName()));
        command.addAll(names);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = process.inputReader()) {
            return said.lines()
                    .map(line -> line.split("\t"))
                    .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (a, b) -> b, TreeMap::new));
        } finally {
            process.waitFor();
        }
    }
}
