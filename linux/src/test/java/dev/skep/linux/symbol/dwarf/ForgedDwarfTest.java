package dev.skep.linux.symbol.dwarf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.linux.symbol.CheckedBytes;
import dev.skep.linux.symbol.ElfBinary;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.testkit.NeedsTool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever debugging information says, reading it ends with an answer or with an {@link InputException}. */
@Timeout(60)
class ForgedDwarfTest {
    private static final int ATTEMPTS = 400;

    @TempDir
    static Path folder;

    private static void readAll(Path file) {
        try (DwarfInfo info = DwarfInfo.open(file).orElse(null)) {
            if (info == null) {
                return;
            }
            for (String name : new String[] {"add", "draw", "unnamed", "nothing", "main"}) {
                info.function(name)
                        .ifPresent(function -> function.parameters().forEach(each -> info.type(each.type())));
            }
            for (String name :
                    new String[] {"struct shape", "struct point", "union both", "enum color", "only_typedef"}) {
                info.find(name).ifPresent(info::type);
            }
        } catch (InputException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    @Test
    @NeedsTool("gcc")
    void changedBytesNeverDoHarm() throws IOException {
        Path program = DwarfInfoTest.compiled(folder, "gcc -g -O2", "described.c");
        byte[] content = Files.readAllBytes(program);
        long from;
        long size;
        try (ElfBinary binary = ElfBinary.open(program)) {
            from = binary.section(".debug_info").orElseThrow().fileOffset();
            ElfBinary.Section last = binary.section(".debug_abbrev").orElseThrow();
            size = last.fileOffset() + last.size() - from;
        }
        Path forged = folder.resolve("forged");
        for (int seed = 0; seed < ATTEMPTS; seed++) {
            Random random = new Random(seed);
            byte[] changed = content.clone();
            for (int i = random.nextInt(30); i >= 0; i--) {
                changed[(int) from + random.nextInt((int) size)] = (byte) random.nextInt();
            }
            Files.write(forged, changed);
            readAll(forged);
        }
    }

    private static CheckedBytes bytes(int... content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int each : content) {
            bytes.write(each);
        }
        return new CheckedBytes(MemorySegment.ofArray(bytes.toByteArray()), Location.in("forged"));
    }

    private static DwarfIndex index(CheckedBytes info, CheckedBytes abbreviations) {
        return new DwarfIndex(new DebugSections(info, abbreviations, bytes(), bytes(), bytes()));
    }

    @Test
    void aUnitThatIsLongerThanTheSectionIsRefused() {
        assertThatThrownBy(() -> index(bytes(0xff, 0, 0, 0, 4, 0, 0, 0, 0, 0, 8), bytes(0)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a unit of 255 bytes");
        assertThatThrownBy(() -> index(bytes(0, 0, 0, 0), bytes(0)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a unit of 0 bytes");
    }

    @Test
    void anEntryOfAnUnknownSortIsRefused() {
        assertThatThrownBy(() -> index(bytes(9, 0, 0, 0, 4, 0, 0, 0, 0, 0, 8, 7, 0), bytes(0)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("unknown sort 7");
    }

    @Test
    void aNumberWithoutAnEndIsRefused() {
        assertThatThrownBy(() -> new DwarfCursor(bytes(255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255), 0)
                        .unsigned())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a number without an end");
    }

    @Test
    void numbersWithoutFixedLengthAreRead() {
        assertThat(new DwarfCursor(bytes(0xe5, 0x8e, 0x26), 0).unsigned()).isEqualTo(624485);
        assertThat(new DwarfCursor(bytes(0xc0, 0xbb, 0x78), 0).signed()).isEqualTo(-123456);
        assertThat(new DwarfCursor(bytes(0x3f), 0).signed()).isEqualTo(63);
    }

    /** A typedef of itself, and a sibling that is the entry itself. */
    @Test
    void whatNamesItselfEnds() {
        // 1: compile unit with children; 2: typedef, name string, type ref4, sibling ref4
        CheckedBytes abbreviations = bytes(1, 0x11, 1, 0, 0, 2, 0x16, 1, 3, 8, 0x49, 0x13, 1, 0x13, 0, 0, 0);
        CheckedBytes info = bytes(
                21, 0, 0, 0, 4, 0, 0, 0, 0, 0, 8, // header
                1, // the unit
                2, 't', 0, 12, 0, 0, 0, 12, 0, 0, 0, 0, 0);
        DwarfIndex index = index(info, abbreviations);
        assertThat(index.type("t")).contains(12L);
        assertThat(new DwarfTypes(index).at(12)).isEqualTo(new DwarfType.Typedef("t", 12));
    }

    @Test
    void aFunctionThatIsACopyOfItselfGetsNothing() {
        // 1: compile unit with children; 2: subprogram, name string, abstract origin ref4
        CheckedBytes abbreviations = bytes(1, 0x11, 1, 0, 0, 2, 0x2e, 0, 3, 8, 0x31, 0x13, 0, 0, 0);
        CheckedBytes info = bytes(
                16, 0, 0, 0, 4, 0, 0, 0, 0, 0, 8, // header
                1, // the unit
                2, 'f', 0, 12, 0, 0, 0, 0);
        DwarfIndex index = index(info, abbreviations);
        assertThat(new DwarfTypes(index).parameters(index.function("f").orElseThrow()))
                .isEmpty();
    }

    /** By zlib, which makes 1,032 bytes of one at the most. */
    @Test
    @NeedsTool("gcc")
    void aSectionThatIsSaidToExpandToFarTooMuchIsRefused() throws IOException {
        Path program = DwarfInfoTest.compiled(folder, "gcc -g -gz=zlib", "described.c");
        byte[] content = Files.readAllBytes(program);
        try (ElfBinary binary = ElfBinary.open(program)) {
            ElfBinary.Section info = binary.section(".debug_info").orElseThrow();
            assertThat(info.compressed()).isTrue();
            content[(int) info.fileOffset() + 8 + 3] = 0x3f; // of ch_size: 1 GB
        }
        Path forged = folder.resolve("bomb");
        Files.write(forged, content);
        assertThatThrownBy(() -> DwarfInfo.open(forged))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("compressed bytes cannot be");
    }
}
