package dev.skep.e2e;

import static dev.skep.e2e.Skep.ROOT;
import static dev.skep.e2e.Skep.skep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer types first, in a process of its own; what each command does is tested in {@code cli}. */
class FirstCommandsTest {
    private static final String FIREWALL = "examples/xdp-firewall/firewall.o";

    @Test
    void theReadmesCommandShowsVerdictsAndMaps() {
        Tools.Result result = skep("run", FIREWALL, "--pcap", "examples/captures/mixed.pcapng");

        assertThat(result.expectSuccess().stdout())
                .startsWith("firewall (XDP): 400 packets, 106,036 bytes in ")
                .containsPattern("XDP_DROP +78 +19.5 % +6,069")
                .contains("SYN_FLOOD: {packets = 23, bytes = 1380}");
        assertThat(result.stderr()).isEmpty();
    }

    @Test
    @NeedsTool("sh")
    void capturesGoThroughPipes(@TempDir Path folder) {
        String script = "export SKEP_NO_BUILD=1; ./skep traffic --out - --packets 50" + " | ./skep run " + FIREWALL
                + " --pcap - --out " + folder + "/out.pcapng --json";

        Tools.Result result = Tools.run(List.of("sh", "-c", script), new byte[0], ROOT, Duration.ofMinutes(2))
                .expectSuccess();

        assertThat(result.stdout()).contains("\"packets\": 50,").contains("\"errors\": []");
        assertThat(skep("run", FIREWALL, "--pcap", folder + "/out.pcapng")
                        .expectSuccess()
                        .stdout())
                .startsWith("firewall (XDP): 50 packets");
    }

    @Test
    void badInputIsOneLineAndExitCode2() {
        Tools.Result result = skep("run", FIREWALL, "--pcap", FIREWALL);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.stdout()).isEmpty();
        assertThat(result.stderr().lines()).singleElement().asString().startsWith("skep: error: " + FIREWALL + ": ");
    }
}
