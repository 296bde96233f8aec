package dev.skep.cli.assembly;

import static dev.skep.cli.SkepInside.skep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.cli.SkepInside.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AsmCommandTest {
    private static final String DROP_ALL = """
            .license "GPL"
            .program drop_all xdp
                r0 = XDP_DROP
                exit
            """;

    @TempDir
    Path folder;

    private static Result asm(String text, String... options) {
        String[] command = new String[options.length + 2];
        command[0] = "asm";
        command[1] = "-";
        System.arraycopy(options, 0, command, 2, options.length);
        return skep(text.getBytes(StandardCharsets.UTF_8), command);
    }

    @Test
    void codeIsPrintedAsDigitsAnInstructionALine() {
        String digits = "b7 00 00 00 2a 00 00 00\n95 00 00 00 00 00 00 00\n";
        assertThat(asm("r0 = 42\nexit\n").expectSuccess()).isEqualTo(digits);
        assertThat(skep(digits.getBytes(StandardCharsets.US_ASCII), "disasm", "--no-raw", "-")
                        .expectSuccess())
                .isEqualTo("       0:\tr0 = 0x2a\n       1:\texit\n");
        assertThat(asm(DROP_ALL).expectSuccess()).startsWith("b7 00 00 00 01 00 00 00\n");
    }

    @Test
    void anObjectIsWrittenThatRuns() {
        Path object = folder.resolve("drop.o");
        asm(DROP_ALL, "-o", object.toString()).expectSuccess();
        assertThat(skep("run", object.toString(), "--pcap", "examples/captures/mixed.pcap")
                        .expectSuccess())
                .startsWith("drop_all (XDP): 100 packets")
                .contains("XDP_DROP");
    }

    @Test
    void aListingAssemblesToWhatWasListed() throws IOException {
        String original = "examples/socket-dns/dns.o";
        String listing = skep("disasm", original).expectSuccess();
        Path again = folder.resolve("dns.o");
        asm(listing, "-o", again.toString()).expectSuccess();
        assertThat(skep("disasm", again.toString()).expectSuccess())
                .isEqualTo(listing.replace(original, again.toString()));
        assertThat(Files.size(again)).isPositive();
    }

    @Test
    void everyMistakeIsALine() {
        Result result = asm("r0 = 42\nexi\nr0 + 1\n");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("skep: error: <stdin>:"))
                .anyMatch(line -> line.contains("<stdin>:2:1: "))
                .anyMatch(line -> line.contains("<stdin>:3:4: "));
        assertThat(asm("exit", "--format", "raw").err()).contains("needs -o OUT");
    }
}
