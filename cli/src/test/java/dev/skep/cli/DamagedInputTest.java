package dev.skep.cli;

import static dev.skep.cli.SkepInside.skep;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damages objects and captures at random and gives them to every command that reads them: each must do its work or say in one
 * line what is wrong. Seeded and bounded here; for a longer hunt:
 * {@code ./mvnw -pl cli -am test -Dtest=DamagedInputTest -Dskep.fuzz.rounds=20000 -Dskep.fuzz.seed=$RANDOM}.
 */
class DamagedInputTest {
    private static final int ROUNDS = Integer.getInteger("skep.fuzz.rounds", 15);
    private static final long SEED = Long.getLong("skep.fuzz.seed", 1);
    private static final String FIREWALL = "examples/xdp-firewall/firewall.o";
    private static final String MIXED = "examples/captures/mixed.pcap";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {FIREWALL, "examples/tc-dnat/dnat.o"})
    void aDamagedObjectIsReadOrRefusedInOneLine(String object) throws IOException {
        byte[] original = Files.readAllBytes(Path.of(object));
        Random random = new Random(SEED);
        Path damaged = folder.resolve("damaged.o");
        String name = damaged.toString();
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Files.write(damaged, damage(original, random));
            for (String[] command : List.of(
                    new String[] {"inspect", name},
                    new String[] {"inspect", "--json", name},
                    new String[] {"disasm", name},
                    new String[] {"disasm", "--source", name},
                    new String[] {"btf", "dump", "--format", "c", name},
                    new String[] {"run", name, "--pcap", MIXED})) {
                refused += check(round, command) ? 1 : 0;
            }
        }
        assertThat(refused).isGreaterThan(ROUNDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {MIXED, "examples/captures/mixed.pcapng"})
    void aDamagedCaptureIsReadToTheBadPlace(String capture) throws IOException {
        byte[] original = Files.readAllBytes(Path.of(capture));
        Random random = new Random(SEED);
        Path damaged = folder.resolve("damaged.pcap");
        for (int round = 0; round < ROUNDS; round++) {
            Files.write(damaged, damage(original, random));
            check(
                    round,
                    "run",
                    FIREWALL,
                    "--pcap",
                    damaged.toString(),
                    "--out",
                    folder.resolve("out").toString());
        }
    }

    /** True if the command refused its input. */
    private static boolean check(int round, String... command) {
        SkepInside.Result result = skep(command);
        assertThat(result.exitCode())
                .as("round %d of seed %d: %s: %s", round, SEED, String.join(" ", command), result.err())
                .isBetween(0, 2);
        assertThat(result.err())
                .as("round %d of seed %d: %s", round, SEED, String.join(" ", command))
                .doesNotContain("internal error")
                .doesNotContain("out of memory");
        // A program that reads well and is not safe any more is explained, which takes several lines.
        if (result.exitCode() != 1) {
            assertThat(result.err().lines()).allMatch(line -> line.startsWith("skep: "));
        }
        return result.exitCode() == 2;
    }

    private static byte[] damage(byte[] original, Random random) {
        byte[] bytes = original.clone();
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) -1);
                case 3 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 8), (byte) 0);
                default -> bytes = random.nextInt(4) > 0 ? bytes : Arrays.copyOf(bytes, Math.max(1, at));
            }
        }
        return bytes;
    }
}
