package dev.skep.object.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.file.CompiledObjects;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ElfFileTest {
    private static final Location WHERE = Location.in("prog.o");

    @Test
    void sectionsSymbolsAndRelocationsAreThoseOfTheFile() {
        ElfFile elf = CompiledObjects.elf("legacy_maps");
        Section xdp = elf.section("xdp").orElseThrow();
        assertThat(xdp.isExecutable()).isTrue();
        assertThat(xdp.size()).isEqualTo(24 * 8);
        assertThat(xdp.content().length()).isEqualTo(24 * 8);
        assertThat(xdp.relocations())
                .extracting(r -> r.offset() + " " + elf.nameOf(elf.symbols().get(r.symbol())))
                .containsExactly("32 counters", "104 .text", "136 sessions");
        Symbol counters = elf.symbols().stream()
                .filter(s -> s.name().equals("counters"))
                .findFirst()
                .orElseThrow();
        assertThat(counters)
                .isEqualTo(new Symbol(
                        counters.index(),
                        "counters",
                        0,
                        20,
                        Elf64.STB_GLOBAL,
                        Elf64.STT_OBJECT,
                        Elf64.STV_DEFAULT,
                        elf.section("maps").orElseThrow().index()));
        assertThat(elf.sectionOf(counters)).map(Section::name).contains("maps");
    }

    @Test
    void zeroSectionsHaveASizeButNoContent() {
        Section bss = CompiledObjects.elf("data").section(".bss").orElseThrow();
        assertThat(bss.size()).isEqualTo(256);
        assertThat(bss.content().length()).isZero();
    }

    static Stream<Arguments> foreignFiles() {
        return Stream.of(
                Arguments.of("", "empty"),
                Arguments.of("#include <linux/bpf.h>\nint x;\n", "text; source must be compiled first"),
                Arguments.of("!<arch>\nprog.o/", "an archive (.a) of objects"),
                Arguments.of("BC\u00c0\u00de....", "LLVM bitcode"),
                Arguments.of("\u001f\u008b\b\0", "gzip-compressed"),
                Arguments.of("\u009f\u00eb\1\0\30", "raw BTF"),
                Arguments.of("PK\u0003\u0004", "a zip or jar archive"),
                Arguments.of("\u00ca\u00fe\u00ba\u00be\0\0\0\105", "a Java class"),
                Arguments.of("\n\r\r\n....", "a pcapng capture"),
                Arguments.of("\0\1\2\3", "no ELF file (it does not start with 7f 45 4c 46)"),
                Arguments.of("\177ELF\2\1\1", "an ELF file cut off after 7 of the 64 bytes"));
    }

    @ParameterizedTest
    @MethodSource("foreignFiles")
    void aForeignFileIsNamedForWhatItIs(String latin1, String what) {
        refused(latin1.getBytes(StandardCharsets.ISO_8859_1), "prog.o: not a BPF object: the file is " + what);
    }

    @ParameterizedTest
    @CsvSource({
        "18, 62, an ELF file for x86-64",
        "18, 183, an ELF file for AArch64",
        "18, 999, an ELF file for machine 999",
        "4, 1, a 32-bit ELF file",
        "5, 7, an ELF file with unknown byte order 7",
        "16, 2, an ELF executable",
        "16, 3, an ELF shared library",
        "16, 4, an ELF core dump",
        "16, 77, an ELF file of unknown type 77",
    })
    void anElfFileThatIsNoBpfObjectIsNamedForWhatItIs(int offset, int value, String what) {
        byte[] file = CompiledObjects.bytes("legacy_maps");
        file[offset] = (byte) value;
        if (offset >= 16) {
            file[offset + 1] = (byte) (value >> 8);
        }
        refused(file, what);
    }

    @Test
    void aBigEndianObjectIsRefusedWithTheFlagThatHelps() {
        byte[] file = CompiledObjects.bytes("legacy_maps");
        file[5] = Elf64.ELFDATA2MSB;
        ByteBuffer.wrap(file).putShort(16, (short) Elf64.ET_REL).putShort(18, (short) Elf64.EM_BPF);
        refused(file, "a big-endian BPF object; compile with `-target bpfel`");
    }

    @Test
    void oldCompilersDidNotNameTheMachine() {
        byte[] file = CompiledObjects.bytes("legacy_maps");
        file[18] = Elf64.EM_NONE;
        assertThat(ElfFile.read(file, WHERE).section("xdp")).isPresent();
    }

    @Test
    void everyTruncationIsRefused() {
        byte[] file = CompiledObjects.bytes("legacy_maps");
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatExceptionOfType(InputException.class).isThrownBy(() -> ElfFile.read(cut, WHERE));
        }
    }

    @Test
    void sectionHeadersOutsideTheFileAreRefused() {
        byte[] file = CompiledObjects.bytes("legacy_maps");
        words(file).putLong(40, Long.MAX_VALUE - 8);
        refused(file, "the section header table (offset 0x7ffffffffffffff7");
    }

    @Test
    void sectionsThatShareBytesAreRefused() {
        byte[] file = CompiledObjects.bytes("legacy_maps");
        ByteBuffer words = words(file);
        int first = header(words, 1);
        int second = header(words, 2);
        words.putLong(second + 24, words.getLong(first + 24));
        refused(file, "two sections overlap");
    }

    @Test
    void aSizeBeyondTheFileIsRefusedWithoutMemoryForIt() {
        byte[] file = CompiledObjects.bytes("legacy_maps");
        ByteBuffer words = words(file);
        words.putLong(header(words, 1) + 32, 1L << 40);
        refused(file, "1099511627776 bytes) reaches beyond the end of the file");
    }

    @Test
    void aHugeZeroSectionCostsNothing() {
        ElfWriter writer = new ElfWriter();
        writer.zeroSection(".bss", Elf64.SHF_ALLOC | Elf64.SHF_WRITE, 8, 1L << 60);
        Section bss = ElfFile.read(writer.toBytes(), WHERE).section(".bss").orElseThrow();
        assertThat(bss.size()).isEqualTo(1L << 60);
        assertThat(bss.content().length()).isZero();
    }

    @Test
    void relocationsOfSymbolsThatAreNotThereAreRefused() {
        byte[] file = CompiledObjects.bytes("legacy_maps");
        ElfFile elf = ElfFile.read(file, WHERE);
        Section rel = elf.section(".relxdp").orElseThrow();
        ByteBuffer words = words(file);
        int content = (int) words.getLong(header(words, rel.index()) + 24);
        words.putInt(content + 12, 12345);
        refused(file, "a relocation refers to symbol 12345 of " + elf.symbols().size());
    }

    private static ByteBuffer words(byte[] file) {
        return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int header(ByteBuffer words, int section) {
        return (int) words.getLong(40) + section * Elf64.SECTION_HEADER_SIZE;
    }

    private static void refused(byte[] file, String message) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> ElfFile.read(file, WHERE))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
}
