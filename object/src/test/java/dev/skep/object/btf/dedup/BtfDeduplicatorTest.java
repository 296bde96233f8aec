package dev.skep.object.btf.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfBuilder;
import dev.skep.object.btf.BtfType;
import dev.skep.object.btf.Samples;
import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BtfDeduplicatorTest {
    private static final BtfType INT = new BtfType.Int("int", 4, true, false, false, 0, 32);

    private static Btf together(String... samples) {
        BtfBuilder builder = new BtfBuilder();
        for (String sample : samples) {
            builder.append(Samples.btf(sample));
        }
        return builder.build();
    }

    private static BtfType.Composite struct(String name, int size, BtfType.Member... members) {
        return new BtfType.Composite(name, false, size, List.of(members));
    }

    private static BtfType.Member member(String name, int type, int bitOffset) {
        return new BtfType.Member(name, type, bitOffset, 0);
    }

    @ParameterizedTest
    @CsvSource({"part_a, part_b, merged_ab.btf", "part_b, part_a, merged_ba.btf"})
    void twoUnitsBecomeWhatLibbpfMakesOfThem(String first, String second, String merged) {
        Btf expected = Btf.read(Samples.bytes(merged), Location.in(merged));
        assertThat(BtfDeduplicator.deduplicate(together(first, second)).btf()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kinds", "layout", "naming", "program"})
    void aUnitTwiceLeavesOnlyItsVariablesTwice(String sample) {
        Btf once = BtfDeduplicator.deduplicate(Samples.btf(sample)).btf();
        BtfDeduplicator.Result result = BtfDeduplicator.deduplicate(together(sample, sample));
        assertThat(result.btf().typeCount()).isEqualTo(once.typeCount() + (int) variablesAndSections(once));
    }

    private static long variablesAndSections(Btf btf) {
        return IntStream.range(1, btf.typeCount())
                .filter(id -> btf.type(id) instanceof BtfType.Variable || btf.type(id) instanceof BtfType.DataSection)
                .count();
    }

    @Test
    void doingItAgainChangesNothing() {
        Btf once = BtfDeduplicator.deduplicate(together("kinds", "layout", "naming", "part_a", "part_b", "program"))
                .btf();
        BtfDeduplicator.Result again = BtfDeduplicator.deduplicate(once);
        assertThat(again.btf()).isEqualTo(once);
        assertThat(again.newIds()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void everyIdLeadsToATypeOfTheSameNameAndAForwardDeclarationToItsDefinition() {
        Btf before = together("part_a", "part_b");
        BtfDeduplicator.Result result = BtfDeduplicator.deduplicate(before);
        for (int id = 1; id < before.typeCount(); id++) {
            assertThat(result.btf().name(result.newIds()[id])).isEqualTo(before.name(id));
        }
        assertThat(result.btf().idsNamed("owner")).hasSize(1);
        assertThat(result.btf().find("owner", BtfType.Composite.class)).isPresent();
        assertThat(result.btf().find("opaque", BtfType.Composite.class)).isPresent();
        assertThat(result.btf().find("opaque", BtfType.Forward.class)).isEmpty();
        assertThat(result.btf().idsNamed("same_name")).hasSize(2);
    }

    @Test
    void listsOfDifferentElementsStayApart() {
        Btf btf = Btf.of(List.of(
                INT,
                struct("list", 8, member("first", 3, 0)),
                new BtfType.Pointer(4),
                struct("element", 16, member("owner", 5, 0), member("value", 1, 64)),
                new BtfType.Pointer(2),
                struct("list", 8, member("first", 7, 0)),
                new BtfType.Pointer(8),
                struct("element", 16, member("owner", 9, 0), member("value", 9, 64)),
                new BtfType.Pointer(6)));
        assertThat(BtfDeduplicator.deduplicate(btf).btf()).isEqualTo(btf);
    }

    @Test
    void listsOfEqualElementsBecomeOne() {
        Btf btf = Btf.of(List.of(
                INT,
                struct("list", 8, member("first", 3, 0)),
                new BtfType.Pointer(2),
                struct("list", 8, member("first", 5, 0)),
                new BtfType.Pointer(4)));
        BtfDeduplicator.Result result = BtfDeduplicator.deduplicate(btf);
        assertThat(result.btf().typeCount()).isEqualTo(4);
        assertThat(result.newIds()).containsExactly(0, 1, 2, 3, 2, 3);
    }

    @Test
    void splitTypesThatTheBaseHasAreTakenFromThere() {
        Btf base = Btf.of(List.of(INT, struct("s", 4, member("a", 1, 0)), new BtfType.Pointer(2)));
        Btf split = Btf.ofSplit(
                base,
                List.of(struct("s", 4, member("a", 1, 0)), new BtfType.Pointer(4), new BtfType.Typedef("own", 5)));
        BtfDeduplicator.Result result = BtfDeduplicator.deduplicate(split);
        assertThat(result.btf()).isEqualTo(Btf.ofSplit(base, List.of(new BtfType.Typedef("own", 3))));
        assertThat(result.newIds()).containsExactly(0, 1, 2, 3, 2, 3, 4);
    }

    @Test
    @NeedsTool("cc")
    void manyUnitsAndTheKernelBecomeWhatLibbpfMakesOfThem(@TempDir Path folder) throws IOException {
        Path tool = folder.resolve("deduplicate");
        Tools.Result built = Tools.run(
                List.of(
                        "cc",
                        "-o",
                        tool.toString(),
                        Samples.path("deduplicate.c").toString(),
                        "-lbpf"),
                Duration.ofMinutes(1));
        Assumptions.assumeTrue(built.exitCode() == 0, "no libbpf-dev: " + built.stderr());
        List<Path> inputs = new ArrayList<>();
        for (String sample : List.of("naming", "part_b", "kinds", "layout", "part_a", "naming", "program", "kinds")) {
            inputs.add(Samples.path(sample + ".btf"));
        }
        Path kernel = Path.of("/sys/kernel/btf/vmlinux");
        if (Files.isReadable(kernel)) {
            inputs.add(4, kernel);
        }
        Path out = folder.resolve("out.btf");
        List<String> command = new ArrayList<>(List.of(tool.toString(), out.toString()));
        inputs.forEach(input -> command.add(input.toString()));
        Tools.run(command, Duration.ofMinutes(1)).expectSuccess();
        BtfBuilder builder = new BtfBuilder();
        for (Path input : inputs) {
            builder.append(Btf.open(Files.readAllBytes(input), Location.in(input.toString())));
        }
        Btf expected = Btf.open(Files.readAllBytes(out), Location.in("libbpf's"));
        assertThat(BtfDeduplicator.deduplicate(builder.build()).btf().equals(expected))
                .isTrue();
    }
}
