package dev.skep.verifier.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.BpfObject;
import dev.skep.object.KernelVersion;
import dev.skep.object.Location;
import dev.skep.object.assembly.Assembler;
import dev.skep.object.btf.Btf;
import dev.skep.object.file.ObjectReader;
import dev.skep.testkit.NeedsTool;
import dev.skep.verifier.Cause;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Verifier;
import dev.skep.verifier.VerifierOptions;
import dev.skep.verifier.kernel.Capability;
import dev.skep.verifier.kernel.KernelModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The page of each cause: its example is rejected for that cause, with the words it quotes; the fixed one is accepted. */
class CausePagesTest {
    private static final Path PAGES = Path.of("..", "docs", "verifier");
    private static final Path KERNEL_TYPES = Path.of("/sys/kernel/btf/vmlinux");
    private static final Pattern BLOCK =
            Pattern.compile("```(asm|c|text) (\\w+)( unprivileged)?\\n(.*?)```", Pattern.DOTALL);

    private static final String HEADER = """
            #include <linux/bpf.h>
            #include <bpf/bpf_helpers.h>
            char LICENSE[] SEC("license") = "GPL";
            """;

    @TempDir
    Path temporary;

    private record Block(String language, String kind, boolean unprivileged, String text) {}

    private static List<Block> blocks(Cause cause) throws IOException {
        Matcher matcher = BLOCK.matcher(Files.readString(PAGES.resolve(cause.id() + ".md")));
        List<Block> blocks = new ArrayList<>();
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2), matcher.group(3) != null, matcher.group(4)));
        }
        return blocks;
    }

    private static Stream<Cause> inLanguage(String language) {
        return Arrays.stream(Cause.values()).filter(cause -> {
            try {
                return blocks(cause).getFirst().language().equals(language);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    static Stream<Cause> inAssembly() {
        return inLanguage("asm");
    }

    static Stream<Cause> inC() {
        return inLanguage("c");
    }

    @ParameterizedTest
    @EnumSource(Cause.class)
    void everyCauseHasAPageWithAnExampleAndAFix(Cause cause) throws IOException {
        assertThat(blocks(cause)).extracting(Block::kind).contains("rejected", "says", "accepted");
    }

    @ParameterizedTest
    @MethodSource("inAssembly")
    void examplesInAssemblyGetTheVerdictThePageSays(Cause cause) throws Exception {
        check(cause);
    }

    @ParameterizedTest
    @MethodSource("inC")
    @NeedsTool("clang-19")
    void examplesInCGetTheVerdictThePageSays(Cause cause) throws Exception {
        check(cause);
    }

    private void check(Cause cause) throws Exception {
        String says = "";
        ProgramVerdict.Rejected rejected = null;
        for (Block block : blocks(cause)) {
            switch (block.kind()) {
                case "rejected" -> {
                    ProgramVerdict verdict = verdict(block);
                    assertThat(verdict).as("the example of " + cause.id()).isInstanceOf(ProgramVerdict.Rejected.class);
                    rejected = (ProgramVerdict.Rejected) verdict;
                    assertThat(rejected.rejection().cause()).isEqualTo(cause);
                }
                case "accepted" ->
                    assertThat(verdict(block))
                            .as("the fixed example of " + cause.id())
                            .isInstanceOf(ProgramVerdict.Accepted.class);
                default -> says = block.text().strip();
            }
        }
        assertThat(rejected).isNotNull();
        assertThat(rejected.rejection().kernelMessage()).startsWith(says);
    }

    private ProgramVerdict verdict(Block block) throws Exception {
        BpfObject object =
                block.language().equals("asm") ? Assembler.object("example.s", block.text()) : compiled(block.text());
        VerifierOptions options =
                VerifierOptions.DEFAULT.withCapabilities(block.unprivileged() ? Set.of() : Capability.ALL);
        return Verifier.verify(object, object.programs().getFirst(), kernel(), options);
    }

    /** With this machine's types, if it shows them: tracing programs and kernel functions need some. */
    private static KernelModel kernel() throws IOException {
        return Files.isReadable(KERNEL_TYPES)
                ? KernelModel.host(
                        KernelVersion.of("6.18"),
                        Btf.read(Files.readAllBytes(KERNEL_TYPES), Location.in(KERNEL_TYPES.toString())))
                : KernelModel.of(KernelVersion.of("6.18"));
    }

    private BpfObject compiled(String text) throws Exception {
        Path source = temporary.resolve("example.c");
        Path object = temporary.resolve("example.o");
        Files.writeString(temporary.resolve("skep.h"), HEADER);
        Files.writeString(source, text);
        Process clang = new ProcessBuilder(
                        "clang-19",
                        "-g",
                        "-O2",
                        "-target",
                        "bpf",
                        "-I/usr/include/x86_64-linux-gnu",
                        "-I" + temporary,
                        "-c",
                        source.toString(),
                        "-o",
                        object.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(clang.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(clang.waitFor()).as(said).isZero();
        return ObjectReader.read(Files.readAllBytes(object), "example.o");
    }
}
