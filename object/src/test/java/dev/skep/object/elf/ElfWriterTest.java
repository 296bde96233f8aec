package dev.skep.object.elf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.Bytes;
import dev.skep.object.Location;
import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElfWriterTest {
    private static final Bytes CODE = Bytes.of(new byte[] {(byte) 0x95, 0, 0, 0, 0, 0, 0, 0});

    private static Symbol symbol(String name, int binding, int section) {
        return new Symbol(0, name, 0, 8, binding, Elf64.STT_FUNC, Elf64.STV_DEFAULT, section);
    }

    private static byte[] sample() {
        ElfWriter writer = new ElfWriter();
        int code = writer.section("xdp", Elf64.SHT_PROGBITS, Elf64.SHF_ALLOC | Elf64.SHF_EXECINSTR, 8, 0, CODE);
        int data = writer.section(".data", Elf64.SHT_PROGBITS, Elf64.SHF_ALLOC, 4, 0, Bytes.zeros(5));
        writer.zeroSection(".bss", Elf64.SHF_ALLOC | Elf64.SHF_WRITE, 16, 100);
        int global = writer.symbol(symbol("global", Elf64.STB_GLOBAL, code));
        int local = writer.symbol(symbol("local", Elf64.STB_LOCAL, data));
        writer.relocation(code, 0, Elf64.R_BPF_64_64, global);
        writer.relocation(code, 4, Elf64.R_BPF_64_32, local);
        return writer.toBytes();
    }

    @Test
    void whatIsWrittenIsRead() {
        ElfFile elf = ElfFile.read(sample(), Location.in("sample"));
        assertThat(elf.sections())
                .extracting(Section::name)
                .containsExactly("", "xdp", ".data", ".bss", ".relxdp", ".symtab", ".strtab");
        assertThat(elf.section("xdp").orElseThrow().content()).isEqualTo(CODE);
        assertThat(elf.section(".bss").orElseThrow().size()).isEqualTo(100);
        assertThat(elf.section("xdp").orElseThrow().relocations())
                .extracting(r -> r.offset() + " " + r.type() + " "
                        + elf.symbols().get(r.symbol()).name())
                .containsExactly("0 1 global", "4 10 local");
    }

    @Test
    void localSymbolsComeFirst() {
        ElfFile elf = ElfFile.read(sample(), Location.in("sample"));
        assertThat(elf.symbols()).extracting(Symbol::name).containsExactly("", "local", "global");
        assertThat(elf.section(".symtab").orElseThrow().info()).isEqualTo(2);
    }

    @Test
    void theSameContentGivesTheSameBytes() {
        assertThat(sample()).isEqualTo(sample());
    }

    @Test
    @NeedsTool("llvm-readelf-19")
    void otherToolsReadIt(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("sample.o"), sample());
        String text = Tools.run(List.of("llvm-readelf-19", "-hSsr", file.toString()), Duration.ofSeconds(20))
                .expectSuccess()
                .stdout();
        assertThat(text).contains("EM_BPF", "REL (Relocatable file)", "R_BPF_64_64", "global", "local", ".bss");
    }
}
