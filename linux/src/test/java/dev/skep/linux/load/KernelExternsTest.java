package dev.skep.linux.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KernelExternsTest {
    private static Stream<String> symbols() {
        return Stream.of(
                "ffffffff81000000 T _text",
                "ffffffff81000100 t init_once",
                "ffffffff81000200 t cleanup\t[driver]",
                "ffffffff81000300 t init_once");
    }

    @Test
    void aSymbolsAddressIsThatOfItsName() {
        assertThat(KernelExterns.addresses(symbols(), Set.of("_text", "cleanup", "missing")))
                .isEqualTo(Map.of("_text", 0xffffffff81000000L, "cleanup", 0xffffffff81000200L));
    }

    @Test
    void aNameThatStandsForSeveralIsRefused() {
        assertThatThrownBy(() -> KernelExterns.addresses(symbols(), Set.of("init_once")))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL))
                .hasMessageContaining("several symbols init_once, at 0xffffffff81000100 and 0xffffffff81000300");
    }

    @Test
    void addressesThatAreHiddenAreNoDifference() {
        Stream<String> hidden = symbols().map(line -> line.replaceAll("^f+[0-9]+", "0000000000000000"));
        assertThat(KernelExterns.addresses(hidden, Set.of("init_once"))).isEqualTo(Map.of("init_once", 0L));
    }
}
