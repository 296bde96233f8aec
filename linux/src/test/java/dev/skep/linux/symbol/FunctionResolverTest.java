package dev.skep.linux.symbol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.linux.symbol.CompiledBinary.Variant;
import dev.skep.object.InputException;
import dev.skep.object.attach.FunctionSelection;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Names of functions, and where in the file they are: held to what binutils say. */
@NeedsTool({"gcc", "objcopy", "objdump"})
class FunctionResolverTest {
    @TempDir
    private Path folder;

    /** The code at a function's offset is that at its address, by objdump. */
    private static String code(Path binary, long offset) throws IOException {
        byte[] bytes = Files.readAllBytes(binary);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            text.append(String.format("%02x", bytes[(int) offset + i]));
        }
        return text.toString();
    }

    @ParameterizedTest
    @EnumSource(names = {"PIE", "FIXED", "STATIC"})
    void exportedAndLocalFunctionsAreFound(Variant variant) throws IOException {
        Path binary = CompiledBinary.program(folder, variant);
        FunctionResolver resolver = new FunctionResolver(binary);
        for (String function : List.of("probed_sum", "probed_product", "probed_local")) {
            assertThat(code(binary, resolver.offset(function))).isEqualTo(disassembled(binary, function));
        }
    }

    /** The first 8 bytes of a function, as objdump reads them. */
    private static String disassembled(Path binary, String function) {
        String listing = Tools.run(
                        List.of("objdump", "-d", "--no-addresses", "--disassemble=" + function, binary.toString()),
                        Duration.ofSeconds(60))
                .expectSuccess()
                .stdout();
        StringBuilder code = new StringBuilder();
        listing.lines()
                .dropWhile(line -> !line.startsWith("<" + function + ">:"))
                .skip(1)
                .takeWhile(line -> !line.isBlank())
                .map(line -> line.strip().split("\t")[0].replace(" ", ""))
                .forEach(code::append);
        return code.substring(0, 16);
    }

    @Test
    void whatWasStrippedIsFoundInTheFileBeside() throws IOException {
        Path binary = CompiledBinary.program(folder, Variant.SEPARATE_SYMBOLS);
        long offset = new FunctionResolver(binary).offset("probed_local");
        Files.delete(Path.of(binary + ".debug"));
        assertThat(offset).isPositive();
        assertThatThrownBy(() -> new FunctionResolver(binary).offset("probed_local"))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
                .hasMessageContaining("it is stripped");
    }

    @Test
    void aVersionCanBeMeantElseItIsTheDefaultOne() throws IOException {
        Path library = CompiledBinary.library(folder);
        FunctionResolver resolver = new FunctionResolver(library);
        long first = resolver.offset("probed_answer@PROBED_1");
        long second = resolver.offset("probed_answer@@PROBED_2");
        assertThat(first).isNotEqualTo(second);
        assertThat(resolver.offset("probed_answer")).isEqualTo(second);
        assertThat(resolver.offset("probed_answer@PROBED_2")).isEqualTo(second);
        assertThatThrownBy(() -> resolver.offset("probed_answer@PROBED_3"))
                .hasMessageContaining("probed_answer@@PROBED_2, probed_answer@PROBED_1");
    }

    @Test
    void aMistypedNameIsAnsweredWithTheNearest() {
        Path binary = CompiledBinary.program(folder, Variant.PIE);
        assertThatThrownBy(() -> new FunctionResolver(binary).offset("probed_summ"))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
                .hasMessageContaining("did you mean probed_sum");
    }

    @Test
    void aFunctionThatOnlyChoosesAnotherIsSaidTo() {
        Path library = BinaryFinder.find("libc.so.6", OptionalInt.empty());
        assertThatThrownBy(() -> new FunctionResolver(library).offset("memmove"))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL))
                .hasMessageContaining("STT_GNU_IFUNC");
    }

    @Test
    void aPatternMeansAllThatMatch() {
        Path binary = CompiledBinary.program(folder, Variant.PIE);
        FunctionResolver resolver = new FunctionResolver(binary);
        assertThat(resolver.offsets(new FunctionSelection.Matching("probed_?*")))
                .containsExactlyInAnyOrder(
                        resolver.offset("probed_sum"),
                        resolver.offset("probed_product"),
                        resolver.offset("probed_local"));
    }

    @Test
    void whatIsNoProgramIsRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "x".repeat(100));
        assertThatThrownBy(() -> new FunctionResolver(text).offset("main"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no ELF file");
        assertThatThrownBy(() -> new FunctionResolver(folder.resolve("nowhere")).offset("main"))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
    }
}
