package dev.skep.object.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.Bytes;
import dev.skep.object.Location;
import dev.skep.object.assembly.Listing.Options;
import dev.skep.object.elf.ElfFile;
import dev.skep.object.instruction.TextStyle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against what llvm-objdump-19 printed for the objects beside it; src/test/golden/listing.sh makes both. */
class ListingTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "odd",
                "clang14-v1",
                "clang14-v3",
                "clang19-v1",
                "clang19-v3",
                "clang19-v4",
                "clang22-v1",
                "clang22-v3"
            })
    void equalsLlvmObjdumpByteForByte(String name) throws IOException {
        assertThat(listing(name, Options.DEFAULT)).isEqualTo(expected(name + ".txt"));
        assertThat(listing(name, new Options(TextStyle.LLVM, true, true)))
                .isEqualTo(expected(name + "-relocations.txt"));
        assertThat(listing(name, new Options(TextStyle.LLVM_ALU32, false, false)))
                .isEqualTo(expected(name + "-plain.txt"));
    }

    @Test
    void showsAnIllFormedWideLoadAsBytesWhereTextMustBeExact() {
        Bytes code = Bytes.of(new byte[] {0x18, 1, 0, 0, 5, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0});
        assertThat(Listing.of(
                        "x.o",
                        List.of(new ListedSection("xdp", code, List.of(), List.of())),
                        new Options(TextStyle.EXACT, false, false)))
                .endsWith("       0:\t.raw 18 01 00 00 05 00 00 00 01 00 00 00 00 00 00 00\n");
    }

    private static String listing(String name, Options options) throws IOException {
        ElfFile file = ElfFile.read(resource(name + ".o"), Location.in(name + ".o"));
        return Listing.of(name + ".o", ListedSections.of(file), options);
    }

    private static String expected(String file) throws IOException {
        return new String(resource(file), StandardCharsets.US_ASCII);
    }

    private static byte[] resource(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(ListingTest.class.getResourceAsStream(file), file)) {
            return in.readAllBytes();
        }
    }
}
