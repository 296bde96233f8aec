package dev.skep.cli.assembly;

import static dev.skep.cli.SkepInside.skep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisasmCommandTest {
    private static final String FIREWALL = "examples/xdp-firewall/firewall.o";
    private static final String RETURN_42 = "b7 00 00 00 2a 00 00 00\n95 00 00 00 00 00 00 00\n";

    @NeedsTool("llvm-objdump-19")
    @ParameterizedTest
    @ValueSource(
            strings = {FIREWALL, "examples/tc-dnat/dnat.o", "examples/socket-dns/dns.o", "examples/cgroup-quota/quota.o"
            })
    void anObjectIsListedAsLlvmObjdumpListsIt(String object) {
        String expected = Tools.run(List.of("llvm-objdump-19", "-d", object), Duration.ofSeconds(30))
                .expectSuccess()
                .stdout();
        assertThat(skep("disasm", object).expectSuccess()).isEqualTo(expected);
    }

    @Test
    void hexadecimalDigitsAndBytesAreListed() {
        String expected = """
                       0:\tb7 00 00 00 2a 00 00 00\tr0 = 0x2a
                       1:\t95 00 00 00 00 00 00 00\texit
                """;
        byte[] digits = RETURN_42.getBytes(StandardCharsets.US_ASCII);
        byte[] code = HexFormat.of().parseHex(RETURN_42.replaceAll("\\s", ""));
        assertThat(skep(digits, "disasm", "-").expectSuccess()).isEqualTo(expected);
        assertThat(skep(code, "disasm", "-").expectSuccess()).isEqualTo(expected);
        assertThat(skep(digits, "disasm", "-", "--no-raw").expectSuccess())
                .isEqualTo("       0:\tr0 = 0x2a\n       1:\texit\n");
    }

    @Test
    void sourceLinesAndNamesOfMapsAreShown() {
        String listing = skep("disasm", "--source", "--prog", "quota", "examples/cgroup-quota/quota.o")
                .expectSuccess();
        assertThat(listing)
                .contains("0000000000000000 <quota>:")
                .contains("; if (skb->protocol != bpf_htons(ETH_P_IP)")
                .contains("@ ./quota.c:")
                .contains(" # map usage_by_source\n")
                .contains(" # .rodata+0\n")
                .contains(" # .bss+0\n");
    }

    @Test
    void badInputIsOneLineThatSaysWhere() {
        assertThat(skep("disasm", "--prog", "nothing", FIREWALL).expectBadInput())
                .isEqualTo(FIREWALL + ": there is no function 'nothing'; there are: firewall");
        assertThat(skep("b7 0".getBytes(StandardCharsets.US_ASCII), "disasm", "-")
                        .expectBadInput())
                .isEqualTo(
                        "<stdin>: offset 0x4: a byte has one hexadecimal digit only; two are needed; is something cut off?");
        assertThat(skep("b7".getBytes(StandardCharsets.US_ASCII), "disasm", "-").expectBadInput())
                .contains("the code is 1 bytes long, not a multiple of 8");
        assertThat(skep("disasm", "-").expectBadInput()).contains("<stdin>: there are no instructions");
        assertThat(skep("disasm", "examples").expectBadInput())
                .isEqualTo("examples: this is a folder; name a file in it");
        assertThat(skep("disasm", "no.o").expectBadInput()).isEqualTo("no.o: no such file");
        assertThat(skep(RETURN_42.getBytes(StandardCharsets.US_ASCII), "disasm", "--source", "-")
                        .expectBadInput())
                .contains("bare instructions have no source lines");
    }
}
