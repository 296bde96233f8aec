package dev.skep.linux.symbol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs and libraries by name. */
class BinaryFinderTest {
    private static final OptionalInt MACHINE = OptionalInt.empty();
    private static final OptionalInt SELF =
            OptionalInt.of((int) ProcessHandle.current().pid());

    @Test
    void programsAreFoundOnThePath() {
        assertThat(BinaryFinder.find("sh", MACHINE).toString()).endsWith("/sh");
    }

    @Test
    void thisProcessesLibrariesAreFoundThroughItsOwnRoot() {
        assertThat(BinaryFinder.find("libjvm.so", SELF).toString())
                .startsWith("/proc/" + SELF.getAsInt() + "/root/")
                .endsWith("/libjvm.so");
        assertThat(BinaryFinder.find("jvm", SELF)).isEqualTo(BinaryFinder.find("libjvm", SELF));
    }

    @Test
    void aNameThatIsNowhereIsAnsweredWithWhereWasLooked() {
        assertThatThrownBy(() -> BinaryFinder.find("libnowhere.so", MACHINE))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
                .hasMessageContaining("/etc/ld.so.cache")
                .hasMessageContaining("/usr/lib");
        assertThatThrownBy(() -> BinaryFinder.find("libnowhere.so", SELF)).hasMessageContaining("libjvm.so");
        assertThatThrownBy(() -> BinaryFinder.find("/no/where", MACHINE)).hasMessageContaining("/no/where");
    }

    @ParameterizedTest
    @CsvSource({
        "libc.so.6, libc.so.6, true", "libc.so, libc.so.6, true", "libc, libc.so.6, true", "c, libc.so.6, true",
        "c, libcap.so.2, false", "libc, libcap.so.2, false", "libc.so.6, libc.so.7, false", "bash, bash, true",
        "so, libc.so.6, false"
    })
    void aLibraryGoesByItsNameWithOrWithoutPrefixAndVersion(String name, String file, boolean meant) {
        assertThat(BinaryFinder.isMeant(name, file)).isEqualTo(meant);
    }

    @Test
    void mappedFilesAreReadWithTheirOddities() {
        assertThat(ProcessMaps.parse("7f00-7f10 r-xp 00001000 fd:01 12345   /tmp/a file (deleted)"))
                .contains(new ProcessMaps.Mapping(0x7f00, 0x7f10, true, 0x1000, "/tmp/a file", true));
        assertThat(ProcessMaps.parse("7f00-7f10 rw-p 00000000 00:00 0   [heap]"))
                .isEmpty();
        assertThat(ProcessMaps.parse("7f00-7f10 rw-p 00000000 00:00 0 ")).isEmpty();
        assertThat(ProcessMaps.file(7, new ProcessMaps.Mapping(0x7f00, 0x7f10, true, 0, "/x", true)))
                .isEqualTo(Path.of("/proc/7/map_files/7f00-7f10"));
    }
}
