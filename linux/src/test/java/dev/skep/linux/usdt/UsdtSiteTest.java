package dev.skep.linux.usdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.linux.symbol.BinaryFinder;
import dev.skep.linux.symbol.CompiledBinary;
import dev.skep.linux.symbol.ElfBinary;
import dev.skep.object.Location;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.testkit.NeedsTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The probes that binaries define. */
class UsdtSiteTest {
    private static final int NOP = 0x90;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"-pie", "-no-pie", "-static"})
    @NeedsTool("gcc")
    void eachPlaceOfAProbeIsFoundWithItsArguments(String link) throws IOException {
        Path program = CompiledBinary.program(folder, "usdt.c", link, link.equals("-pie") ? "-fPIE" : "-fno-pie");
        byte[] bytes = Files.readAllBytes(program);
        try (ElfBinary binary = ElfBinary.open(program)) {
            List<UsdtSite> twice = UsdtSite.find(binary, "skep", "twice");
            assertThat(twice).hasSize(2).allSatisfy(site -> {
                assertThat(bytes[(int) site.fileOffset()] & 0xff).isEqualTo(NOP);
                assertThat(site.semaphoreOffset()).isZero();
            });
            assertThat(twice.stream().map(UsdtSite::arguments).map(ArgumentSyntax.X86_64::print))
                    .containsExactlyInAnyOrder("8@%rdi", "4@$1");
            assertThat(UsdtSite.find(binary, "skep", "watched").getFirst().semaphoreOffset())
                    .isPositive();
        }
    }

    @Test
    void allOfHotSpotsProbesAreUnderstood() throws IOException {
        Path library = BinaryFinder.find(
                "libjvm.so", OptionalInt.of((int) ProcessHandle.current().pid()));
        byte[] code = Files.readAllBytes(library);
        try (ElfBinary jvm = ElfBinary.open(library)) {
            List<UsdtNote> notes = UsdtNote.of(jvm);
            assertThat(notes).extracting(UsdtNote::fullName).contains("hotspot:gc__begin", "hotspot:thread__start");
            ArgumentSyntax syntax = ArgumentSyntax.of(jvm.machine(), Location.in("libjvm.so"));
            assertThat(notes)
                    .allSatisfy(note -> assertThat(
                                    code[(int) jvm.fileOffset(note.location()).orElseThrow()] & 0xff)
                            .isEqualTo(NOP));
            assertThat(notes)
                    .allSatisfy(note -> assertThat(syntax.parse(note.arguments(), Location.in(note.fullName())))
                            .hasSize(
                                    note.arguments().isEmpty()
                                            ? 0
                                            : note.arguments().split(" ").length));
            assertThat(UsdtSite.find(jvm, "hotspot", "gc__begin")).isNotEmpty();
            assertThatThrownBy(() -> UsdtSite.find(jvm, "hotspot", "gc_begin"))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
                    .hasMessageContaining("did you mean hotspot:gc__begin");
        }
    }
}
